"""pytest plugin (`-p tests.engines`): private engines and the environment that settings need.

Imported before Django's settings are read. The engines start once per run and end with it; an
xdist worker uses those of the run, with a Valkey database of its own.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

import pytest
import pytest_socket

from reseller_portal.launcher import places
from reseller_portal.launcher.engines import private_engines

LOOPBACK = ["127.0.0.1", "127.0.0.2", "127.0.0.3", "127.0.0.4", "::1", "localhost"]

_WORKER = os.environ.get("PYTEST_XDIST_WORKER", "")


def _start() -> None:
    home = Path(tempfile.mkdtemp(prefix="portal-tests-"))
    home.chmod(0o711)
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    atexit.register(places.forget_engines, home)
    engines = private_engines(home, durable=False)
    engines.start()
    atexit.register(engines.stop)
    os.environ |= {
        "DATABASE_URL": engines.database_url,
        "REDIS_URL": engines.redis_url,
        "PORTAL_HOME": str(home),
    }


def _settle() -> None:
    """What settings read from the environment, the same on every machine."""
    os.environ |= {
        "SECRET_KEY": "a key for tests only, long enough for every check of Django's",
        "FIELD_ENCRYPTION_KEYS": "dGVzdHMgb25seSwgMzIgYnl0ZXMgbG9uZywgbm9uZSE=",
        "STATICFILES_BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage",
        "PORTAL_URL": "http://127.0.0.1:8000",
        # Nobody listens there: a test that needs a Microsoft mounts or starts one.
        "SANDBOX_URL": "http://127.0.0.1:9",
        "DNS_ROOTS": "127.0.0.1",
        "DNS_PORT": "9",
        "DJANGO_ALLOW_ASYNC_UNSAFE": "1",  # playwright's loop runs in the thread of the tests
    }


def _own_valkey_database() -> None:
    server = os.environ["REDIS_URL"].rpartition("/")[0]
    os.environ["REDIS_URL"] = f"{server}/{int(_WORKER.removeprefix('gw')) + 1}"


@pytest.hookimpl(trylast=True)
def pytest_runtest_setup() -> None:
    """Only this machine can be reached."""
    pytest_socket.socket_allow_hosts(LOOPBACK, allow_unix_socket=True)


_settle()
if _WORKER:
    _own_valkey_database()
else:
    _start()
