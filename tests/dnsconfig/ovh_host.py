"""A zone at the sandbox's OVH that a test plants, writes to, and changes behind the port."""

from typing import Any

from dnsconfig.edits import Edit
from dnsconfig.providers import Outcome, Written, ZoneProvider, connect
from dnsconfig.providers.ovh_calls import OvhCalls
from dnsconfig.records import Record, Snapshot
from tests.dnsconfig.ovh_keys import KEYS
from tests.sandbox_fixture import LiveSandbox

ZONE = "acme.example"
ALREADY, WRITTEN, NOT_TAKEN = Outcome.ALREADY, Outcome.WRITTEN, Outcome.NOT_TAKEN


class Host:
    """A zone at OVH with these records besides its name servers."""

    def __init__(self, sandbox: LiveSandbox) -> None:
        self.sandbox = sandbox
        self.provider: ZoneProvider = connect("ovh", KEYS)
        self.raw = OvhCalls(
            keys=KEYS, endpoint=f"{sandbox.url}/1.0", timeout=(5, 30), calls_per_minute=0
        )
        self.told: list[Written] = []

    def plant(self, *records: tuple[Any, ...]) -> None:
        members = ("fieldType", "subDomain", "target", "ttl")
        bodies = [dict(zip(members, each, strict=False)) for each in records]
        self.sandbox.post("zones", {"name": ZONE, "records": bodies})

    def at(self, *names: str) -> Snapshot:
        return self.provider.read(ZONE, names=names)

    def else_creates(self, kind: str, sub_domain: str, target: str) -> None:
        body = {"fieldType": kind, "subDomain": sub_domain, "target": target}
        self.raw.call("POST", f"/domain/zone/{ZONE}/record", body)

    def else_deletes(self, record: Record) -> None:
        self.raw.call("DELETE", f"/domain/zone/{ZONE}/record/{record.id}")

    def write(self, edit: Edit, stored: Snapshot | None = None) -> tuple[Written, ...]:
        read = stored or self.at(*edit.names)
        self.begun = self.sandbox.get("calls")[-1]["n"]
        return self.provider.write(ZONE, edit, stored=read, tell=self.told.append)

    def writes(self) -> list[str]:
        """Methods and paths that changed something since the last write began."""
        calls = self.sandbox.get("calls", since=self.begun)
        return [
            f"{call['method']} {call['path'].removeprefix(f'/1.0/domain/zone/{ZONE}')}"
            for call in calls
            if call["service"] == "ovh" and call["method"] != "GET"
        ]

    def natives(self, name: str) -> list[tuple[str, str]]:
        return [(record.native_type, record.value) for record in self.at(name).records]


def outcomes(told: tuple[Written, ...]) -> dict[tuple[str, bool], Outcome]:
    return {(one.record.value, one.is_removal): one.outcome for one in told}
