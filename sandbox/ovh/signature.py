"""The signature of a call: SHA-1 over secrets, method, URL, body and time, as they were sent."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterator
from urllib.parse import quote

from werkzeug import Request

SKEW = 300
"""Seconds by which the caller's idea of OVH's time may be wrong."""


def is_signed(request: Request, *, secret: str, consumer_key: str, now: float) -> bool:
    """Whether the signature fits the raw bytes, and its time is about now."""
    stamp = request.headers.get("X-Ovh-Timestamp", "")
    given = request.headers.get("X-Ovh-Signature", "").encode()
    if not (stamp.isascii() and stamp.isdigit()) or abs(int(stamp) - now) > SKEW:
        return False
    body = request.get_data()
    return any(
        hmac.compare_digest(given, _signature(secret, consumer_key, request, url, body, stamp))
        for url in _urls(request)
    )


def _signature(
    secret: str, consumer_key: str, request: Request, url: str, body: bytes, stamp: str
) -> bytes:
    head = f"{secret}+{consumer_key}+{request.method}+{url}+".encode()
    # SHA-1 is what OVH signs with.
    digest = hashlib.sha1(head + body + b"+" + stamp.encode(), usedforsecurity=False)
    return f"$1${digest.hexdigest()}".encode()


def _urls(request: Request) -> Iterator[str]:
    """As the caller may have written it: with or without port, before or behind a TLS proxy."""
    target = _target(request)
    if target.startswith(("http://", "https://")):
        yield target
        return
    hosts = [request.headers.get("X-Forwarded-Host", ""), request.headers.get("Host", "")]
    for host in filter(None, hosts):
        for spelt in (host, host.rpartition(":")[0] or host):
            yield f"http://{spelt}{target}"
            yield f"https://{spelt}{target}"


def _target(request: Request) -> str:
    """The raw request target; rebuilt where the server keeps none."""
    environ = request.environ
    raw = environ.get("RAW_URI") or environ.get("REQUEST_URI")
    if raw:
        return str(raw)
    path = quote(request.path, safe="/:@!$&'()*+,;=-._~")
    query = request.query_string.decode("latin-1")
    return f"{path}?{query}" if query else path
