"""Health of a container: `python docker/healthy.py web | worker | scheduler` ends with 0 or 1."""

import http.client
import os
import socket
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

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


if __name__ == "__main__":
    checks = {"web": web, "worker": worker, "scheduler": scheduler}
    sys.exit(0 if checks[sys.argv[1]]() else 1)
