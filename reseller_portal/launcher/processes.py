"""The portal's processes: which commands they are."""

import sys
from collections.abc import Mapping

from reseller_portal.launcher.installation import Installation
from reseller_portal.launcher.programs import Program

_PYTHON = [sys.executable]
_CELERY = [*_PYTHON, "-m", "celery", "--quiet", "-A", "reseller_portal"]
_AS_ROOT = {"PYTHONWARNINGS": "ignore:You're running the worker with superuser privileges"}
"""Said at every start in a container; Celery means pickled messages, which we do not accept."""


def sandbox(installation: Installation) -> Program:
    """The local Microsoft, OVH, DNS and mailbox; tells one line of JSON when it serves."""
    command = [*_PYTHON, "-m", "sandbox", "--home", str(installation.home / "sandbox")]
    command += ["--port", str(installation.sandbox_port)]
    command += ["--dns-port", str(installation.dns_port)]
    command += ["--smtp-port", str(installation.smtp_port)]
    return Program("sandbox", command)


def preparation(environment: Mapping[str, str]) -> Program:
    """Migrations, static files, demo data; ends by itself."""
    command = [*_PYTHON, "-m", "reseller_portal.launcher.prepare"]
    return Program("prepare", command, dict(environment))


def web(installation: Installation, environment: Mapping[str, str]) -> Program:
    """gunicorn with threads: pages wait for Microsoft's live checks, not for the processor."""
    command = [*_PYTHON, "-m", "gunicorn", "reseller_portal.wsgi:application"]
    command += ["--bind", installation.listens, "--worker-class", "gthread"]
    command += ["--workers", "2", "--threads", "8", "--graceful-timeout", "3"]
    command += ["--no-control-socket", "--log-level", "warning"]
    command += ["--access-logfile", str(installation.home / "logs" / "access.log")]
    command += ["--logger-class", "reseller_portal.access_log.AccessLog"]
    return Program("web", command, dict(environment))


def worker(environment: Mapping[str, str]) -> Program:
    """The Celery worker; four at a time, since they mostly wait for Microsoft."""
    command = [*_CELERY, "worker", "--concurrency", "4", "--loglevel", "WARNING"]
    command += ["--without-gossip", "--without-mingle"]
    return Program("worker", command, {**environment, **_AS_ROOT})


def scheduler(installation: Installation, environment: Mapping[str, str]) -> Program:
    """Celery beat, which only rings."""
    command = [*_CELERY, "beat", "--loglevel", "WARNING", "--pidfile", ""]
    command += ["--schedule", str(installation.home / "schedule")]
    return Program("scheduler", command, dict(environment))


def zones(environment: Mapping[str, str]) -> Program:
    """The name server of the portal's own zones, at `ZONES_DNS_PORT`."""
    return Program("zones", [*_PYTHON, "manage.py", "serve_zones"], dict(environment))
