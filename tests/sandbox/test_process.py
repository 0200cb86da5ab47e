"""The sandbox as a process: ports, keep-alive, cut connections, restart."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.sandbox.caller import APPLICATION, PARTNER_CENTER, TENANT
from tests.sandbox.receiver import receiving

COMMAND = ["-m", "sandbox", "--port", "0", "--dns-port", "0", "--smtp-port", "0"]


@contextmanager
def running(*options: str) -> Iterator[tuple[subprocess.Popen[str], httpx.Client, Any]]:
    process = subprocess.Popen(
        [sys.executable, *COMMAND, *options], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout
    try:
        told = json.loads(process.stdout.readline())
        with httpx.Client(base_url=told["url"], timeout=30) as http:
            yield process, http, told
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


def test_it_tells_its_ports_and_ends_when_told(tmp_path: Path) -> None:
    with running("--home", str(tmp_path)) as (process, http, told):
        assert told["dns"].startswith("127.0.0.1:")
        assert isinstance(told["smtp"], int)
        assert http.get("/").status_code == 200
        process.send_signal(signal.SIGTERM)
        assert process.wait(60) == 0


def test_what_was_answered_survives_a_kill(tmp_path: Path) -> None:
    with running("--home", str(tmp_path)) as (process, http, _):
        http.put("/_sandbox/partners", json={"mpn_id": "777777", "name": "Kept"})
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
    with running("--home", str(tmp_path)) as (_, http, _):
        assert "777777" in [p["mpn_id"] for p in http.get("/_sandbox/partners").json()]


def test_connections_are_kept_cut_and_never_blocked_by_a_hanging_one() -> None:
    with running("--memory") as (_, http, told):
        first, second = (http.get("/_sandbox/clock") for _ in "12")
        stream = [r.extensions["network_stream"] for r in (first, second)]
        assert stream[0] is stream[1]
        for kind in ("drop_before", "hang"):
            http.post("/_sandbox/faults", json={"service": "partnercenter", "kind": kind})
        with pytest.raises(httpx.RemoteProtocolError):
            httpx.get(f"{told['url']}/v1/customers")
        with pytest.raises(httpx.ReadTimeout):
            httpx.get(f"{told['url']}/v1/customers", timeout=0.2)
        assert http.get("/v1/customers").status_code == 401


def test_chunks_and_expectations_are_understood() -> None:
    with running("--memory") as (_, http, _):
        body = iter([b'{"mpn_id": ', b'"888888"}'])
        answer = http.put("/_sandbox/partners", content=body, headers={"Expect": "100-continue"})
        assert "888888" in [p["mpn_id"] for p in answer.json()]
        head = http.head("/v1/domains/contoso.onmicrosoft.com")
        assert (head.status_code, head.content) == (401, b"")


def test_the_process_delivers_webhooks_by_itself() -> None:
    sign_in = {
        "client_id": APPLICATION,
        "client_secret": "sandbox-client-secret",
        "grant_type": "refresh_token",
        "refresh_token": "sandbox-refresh-token",
        "scope": f"{PARTNER_CENTER}/user_impersonation",
    }
    with running("--memory") as (_, http, _told), receiving() as receiver:
        http.post("/_sandbox/delays", json={"all": 0})
        token = http.post(f"/{TENANT}/oauth2/v2.0/token", data=sign_in).json()["access_token"]
        http.headers["Authorization"] = f"Bearer {token}"
        event = "reseller-relationship-accepted-by-customer"
        body = {"WebhookUrl": receiver.url, "WebhookEvents": [event]}
        assert http.post("/webhooks/v1/registration", json=body).status_code == 200
        http.post("/_sandbox/relationships/accept", json={"domain": "existing-bakery"})
        ends = time.monotonic() + 60
        while not receiver.got and time.monotonic() < ends:
            time.sleep(0.05)
        assert len(receiver.got) == 1
        listed = http.get("/_sandbox/webhooks").json()["deliveries"]
        assert [each["event"] for each in listed] == [event]
