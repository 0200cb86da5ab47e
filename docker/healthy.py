"""Health of a container, named by its argument: `python docker/healthy.py web` ends with 0 or 1."""

import http.client
import os
import socket
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import dns.exception
import dns.message
import dns.query
import dns.rcode

BEAT_FILE = Path(os.environ.get("PORTAL_HOME", ".")) / "schedule"
BEAT_WRITES_WITHIN = 600
"""Seconds; Celery beat saves its schedule every three minutes."""


def web() -> bool:
    """Whether pages can be served."""
    # The container's own name is none of ALLOWED_HOSTS, so ask under one that is.
    host = os.environ.get("ALLOWED_HOSTS", "localhost").split(",")[0]
    with closing(http.client.HTTPConnection("127.0.0.1", 8000, timeout=4)) as connection:
        headers = {"Host": host, "X-Forwarded-Proto": "https"}
        try:
            connection.request("GET", "/health/ready", headers=headers)
            return connection.getresponse().status == http.HTTPStatus.OK
        except OSError:
            return False


def worker() -> bool:
    """Whether this container's worker answers through the broker."""
    command = [sys.executable, "-m", "celery", "-A", "reseller_portal", "inspect", "ping"]
    command += ["--timeout", "5", "--destination", f"celery@{socket.gethostname()}"]
    return subprocess.run(command, capture_output=True).returncode == 0  # noqa: S603 - our own


def scheduler() -> bool:
    """Whether the scheduler has saved its schedule of late."""
    files = BEAT_FILE.parent.glob(f"{BEAT_FILE.name}*")
    return any(time.time() - file.stat().st_mtime < BEAT_WRITES_WITHIN for file in files)


def zones() -> bool:
    """Whether the name server answers, and reaches its database."""
    query = dns.message.make_query("health.invalid", "SOA")
    try:
        reply = dns.query.udp(query, "127.0.0.1", timeout=4, port=8054)
    except (dns.exception.DNSException, OSError):
        return False
    return reply.rcode() != dns.rcode.SERVFAIL


if __name__ == "__main__":
    checks = {"web": web, "worker": worker, "scheduler": scheduler, "zones": zones}
    sys.exit(0 if checks[sys.argv[1]]() else 1)
