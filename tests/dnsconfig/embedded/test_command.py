"""`manage.py serve_zones` as a process."""

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import dns.message
import dns.query
import pytest
from django.conf import settings
from django.db import connection
from dns.rcode import Rcode

PATIENCE = 60
"""Seconds; a guard against hanging only."""


def serve_zones(*arguments: str) -> "subprocess.Popen[str]":
    given = connection.settings_dict
    address = f"postgres://{given['USER']}@127.0.0.1:{given['PORT']}/{given['NAME']}"
    return subprocess.Popen(
        [sys.executable, "manage.py", "serve_zones", *arguments],
        cwd=Path(settings.BASE_DIR),
        env={**os.environ, "DATABASE_URL": address},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.mark.django_db
def test_it_serves_until_it_is_told_to_stop() -> None:
    process = serve_zones("--port", "0")
    try:
        assert process.stdout is not None
        port = int(process.stdout.readline().rstrip(".\n").rpartition(" ")[2])
        query = dns.message.make_query("unknown.example", "SOA")
        for send in (dns.query.udp, dns.query.tcp):
            assert send(query, "127.0.0.1", timeout=10, port=port).rcode() == Rcode.REFUSED
    finally:
        process.send_signal(signal.SIGTERM)
        _said, errors = process.communicate(timeout=PATIENCE)
    assert (process.returncode, errors) == (0, "")


@pytest.mark.django_db
def test_a_taken_port_gets_a_sentence() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        process = serve_zones("--port", str(port))
        _said, errors = process.communicate(timeout=PATIENCE)
    assert process.returncode == 1
    assert f"Port {port}: Address already in use" in errors
