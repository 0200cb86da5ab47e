"""The sandbox for tests: mounted into the portal's own client, or as a process of its own."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import httpx
from django.conf import settings

ORIGIN = "http://127.0.0.1:8010"
MICROSOFT = {
    "tenant_id": "2b1d6a8e-5d0c-4c53-9b5e-5f0a6c1d7e01",
    "client_id": "7c1f3a52-0c5e-4b39-9a6d-3f9f0d1b2a01",
    "client_secret": "sandbox-client-secret",
    "refresh_token": "sandbox-refresh-token",
}


@dataclass(frozen=True)
class LiveSandbox:
    """A sandbox process and where it listens; `control` is a client of `/_sandbox/`."""

    url: str
    dns_port: int
    smtp_port: int
    control: httpx.Client

    def post(self, path: str, body: dict[str, Any] | None = None) -> Any:
        """`POST /_sandbox/{path}`; the answer's JSON."""
        answer = self.control.post(f"/_sandbox/{path}", json=body or {})
        return answer.raise_for_status().json() if answer.content else None

    def get(self, path: str, **query: Any) -> Any:
        """`GET /_sandbox/{path}`; the answer's JSON."""
        return self.control.get(f"/_sandbox/{path}", params=query).raise_for_status().json()


def connections(origin: str, **more: Any) -> dict[str, Any]:
    """`settings.PARTNER_CENTER` for a sandbox at `origin`; `more` are further client options."""
    wired = deepcopy(settings.PARTNER_CENTER)
    for entry in wired.values():
        entry["OPTIONS"] |= {
            **MICROSOFT,
            "authority": origin,
            "partner_center": origin,
            "prices": origin,
            "graph": f"{origin}/v1.0",
            "webhook_roots_url": f"{origin}/_sandbox/webhook-root.pem",
            "webhook_certificate_hosts": (urlsplit(origin).netloc,),
            **more,
        }
    return wired


def zone_providers(origin: str) -> dict[str, Any]:
    """`settings.ZONE_PROVIDERS` for a sandbox at `origin`."""
    wired = deepcopy(settings.ZONE_PROVIDERS)
    wired["ovh"]["OPTIONS"] |= {"endpoint": f"{origin}/1.0", "calls_per_minute": 0}
    return wired


@contextmanager
def started() -> Iterator[LiveSandbox]:
    """A sandbox process in memory, on free ports, ended by its own id."""
    command = [sys.executable, "-m", "sandbox", "--memory"]
    command += ["--port", "0", "--dns-port", "0", "--smtp-port", "0"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=os.environ.copy())
    assert process.stdout is not None
    try:
        line = process.stdout.readline()
        assert line, "the sandbox did not start"
        told = json.loads(line)
        with httpx.Client(base_url=told["url"], timeout=60) as control:
            dns_port = int(str(told["dns"]).rsplit(":", 1)[1])
            yield LiveSandbox(told["url"], dns_port, int(told["smtp"]), control)
    finally:
        process.terminate()
        try:
            process.wait(60)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        process.stdout.close()
