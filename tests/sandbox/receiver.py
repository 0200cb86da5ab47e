"""Somebody who receives webhooks, and checks how they are signed."""

import base64
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.x509.verification import PolicyBuilder, Store, VerificationError

from tests.sandbox.caller import Caller


class Receiver(HTTPServer):
    """Keeps what it was sent; answers `statuses` in turn, the last one for ever."""

    def __init__(self, statuses: list[int]) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.statuses = statuses
        self.got: list[tuple[dict[str, str], bytes]] = []
        self.url = f"http://127.0.0.1:{self.server_port}/webhooks/callback?market=eu"


class _Handler(BaseHTTPRequestHandler):
    server: Receiver

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.got.append((dict(self.headers.items()), body))
        statuses = self.server.statuses
        self.send_response(statuses.pop(0) if len(statuses) > 1 else statuses[0])
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing."""


@contextmanager
def receiving(*statuses: int) -> Iterator[Receiver]:
    """A receiver on a free port."""
    receiver = Receiver(list(statuses or (200,)))
    thread = Thread(target=receiver.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield receiver
    finally:
        receiver.shutdown()
        receiver.server_close()


def trusted(provider: Caller, headers: dict[str, str], body: bytes) -> str:
    """Empty when the delivery is Microsoft's, else what is wrong with it."""
    path = headers["X-MS-Certificate-Url"].removeprefix(provider.world.origin)
    bundle = x509.load_pem_x509_certificates(provider.http.get(path).get_data())
    root = x509.load_pem_x509_certificate(
        provider.http.get("/_sandbox/webhook-root.pem").get_data()
    )
    leaf, intermediate = bundle
    try:
        PolicyBuilder().store(Store([root])).build_client_verifier().verify(leaf, [intermediate])
    except VerificationError:
        return "chain"
    if "O=Microsoft Corporation" not in leaf.issuer.rfc4514_string():
        return "issuer"
    assert headers["X-MS-Signature-Algorithm"] == "rsa-sha256"
    token = headers.get("Authorization") or headers["x-ms-signature"]
    key = leaf.public_key()
    assert isinstance(key, rsa.RSAPublicKey)
    signature = base64.b64decode(token.removeprefix("Signature "))
    try:
        key.verify(signature, body, padding.PKCS1v15(), hashes.SHA256())
    except InvalidSignature:
        return "signature"
    return ""
