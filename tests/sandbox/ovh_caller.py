"""Signed calls to the sandbox's OVH in this process, without OVH's own client."""

import hashlib
import json
from typing import Any

from werkzeug.test import Client, TestResponse

from sandbox.app import create_app
from sandbox.world import World

HOST = "http://127.0.0.1:8010"
APPLICATION, SECRET = "sandboxAppKey001", "sandboxAppSecret0123456789abcdef0"
NORTHWIND = "sandboxConsumerKeyNorthwind0000001"
FABRIKAM = "sandboxConsumerKeyFabrikam00000002"
ZONE = "/domain/zone/northwind-customer.example"


class OvhCaller:
    """Calls with one consumer key. `url`: what is signed, when that is not what is sent."""

    def __init__(self, world: World, key: str = NORTHWIND) -> None:
        self.world, self.key = world, key
        self.http = Client(create_app(world))

    def send(
        self, method: str, path: str, body: bytes = b"", *, url: str = "", late: int = 0
    ) -> TestResponse:
        """The raw answer to raw bytes; `late`: seconds by which the time stamp is wrong."""
        stamp = str(self.http.get("/1.0/auth/time", base_url=HOST).json + late)
        signed = "+".join(
            [SECRET, self.key, method, url or f"{HOST}/1.0{path}", body.decode(), stamp]
        )
        headers = {
            "X-Ovh-Application": APPLICATION,
            "X-Ovh-Consumer": self.key,
            "X-Ovh-Timestamp": stamp,
            "X-Ovh-Signature": "$1$" + hashlib.sha1(signed.encode()).hexdigest(),
        }
        return self.http.open(
            f"/1.0{path}", method=method, data=body, base_url=HOST, headers=headers
        )

    def call(self, method: str, path: str, **body: Any) -> Any:
        """The JSON of a good answer."""
        answer = self.send(method, path, json.dumps(body).encode() if body else b"")
        assert answer.status_code == 200, answer.get_data()
        return answer.json

    def refused(self, method: str, path: str, **body: Any) -> tuple[int, str]:
        """Status and message of a refusal."""
        answer = self.send(method, path, json.dumps(body).encode() if body else b"")
        assert answer.status_code >= 400, answer.get_data()
        return answer.status_code, str(answer.json["message"])

    def add(self, kind: str, sub_domain: str, target: str, **more: Any) -> Any:
        """A new record of Northwind's first zone."""
        body = {"fieldType": kind, "subDomain": sub_domain, "target": target, **more}
        return self.call("POST", f"{ZONE}/record", **body)
