"""Zones at OVHcloud, through python-ovh's signed calls."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, ClassVar
from urllib.parse import quote, urlencode

from common.errors import Misconfigured, NotFound, Refused
from dnsconfig.edits import Edit
from dnsconfig.providers import ovh_rights
from dnsconfig.providers.base import Capabilities, Key, Written, ZoneProvider, say_nothing
from dnsconfig.providers.ovh_calls import OvhCalls
from dnsconfig.providers.ovh_export import of_export
from dnsconfig.providers.ovh_steps import possible
from dnsconfig.providers.ovh_text import of_answer, sub_domain
from dnsconfig.providers.ovh_write import Writing
from dnsconfig.records import BadValue, Record, Snapshot

TYPES = (
    *("A", "AAAA", "CAA", "CNAME", "DNAME", "HTTPS", "LOC", "MX", "NAPTR", "NS", "PTR", "RP"),
    *("SRV", "SSHFP", "SVCB", "TLSA", "TXT"),
)
"""All that OVH stores: what an alias takes the place of comes back when that is undone."""
TIMEOUT = (5.0, 30.0)
"""Seconds to connect and to wait for an answer; python-ovh's own are 180 each."""


class OvhZones(ZoneProvider):
    """One OVH account. Not for several threads at once."""

    capabilities: ClassVar[Capabilities] = Capabilities(
        types=frozenset(TYPES),
        needs_refresh=True,
        shortest_ttl=60,
    )
    keys_asked: ClassVar[tuple[Key, ...]] = (
        Key("application_key"),
        Key("application_secret"),
        Key("consumer_key"),
    )

    def __init__(
        self,
        *,
        keys: Mapping[str, str],
        endpoint: str,
        timeout: tuple[float, float] = TIMEOUT,
        calls_per_minute: int = 0,
    ) -> None:
        """Options are those of `OvhCalls`."""
        self._calls = OvhCalls(
            keys={key.name: keys.get(key.name, "") for key in self.keys_asked},
            endpoint=endpoint,
            timeout=timeout,
            calls_per_minute=calls_per_minute,
        )

    def zones(self) -> list[str]:
        found: list[str] = self._calls.get("/domain/zone")
        return sorted(found)

    def name_servers(self, zone: str) -> list[str]:
        found: list[str] = self._calls.get(_path(zone))["nameServers"]
        return [server.rstrip(".").lower() for server in found]

    def missing_rights(self, zone: str) -> tuple[str, ...]:
        """Raises Misconfigured for a key that is expired, refused, or not validated yet.

        Accounts whose rights are IAM policies, and keys that may not ask, do not tell.
        """
        try:
            credential = self._calls.get("/auth/currentCredential")
        except Misconfigured as error:
            if error.code in ("NOT_GRANTED_CALL", "Client::Forbidden"):
                return ()
            raise
        except Refused:
            return ()
        status = credential.get("status", "validated")
        if status != "validated":
            raise Misconfigured(f"OVH: the consumer key is {status}", code=status)
        return ovh_rights.missing(credential.get("rules") or (), _path(zone))

    def read(self, zone: str, *, names: Iterable[str] | None = None) -> Snapshot:
        """The whole zone is one request (its export); some names are one each, and one a record.

        The export may leave out what was written but not refreshed, and has no ids, so read the
        names before a write.
        """
        if names is None:
            return Snapshot.of(zone, self._exported(zone))
        return Snapshot.of(zone, self._stored(zone, tuple(names), {}))

    def write(
        self,
        zone: str,
        edit: Edit,
        *,
        stored: Snapshot,
        tell: Callable[[Written], None] = say_nothing,
    ) -> tuple[Written, ...]:
        """Record by record, then read back: OVH has no conditional write. What others changed
        meanwhile raises Stale late, and what was written of the edit is taken back; none of it
        was served. `tell` hears again of a record that is not so after all.

        A record that OVH spoils (a text cut short) is taken away again and called NOT_TAKEN.
        Raises Busy where a record has another id by now: read again.
        """
        edit = possible(edit, zone, self.capabilities)
        if not all(record.id for record in edit.left_to_do(stored).removes):
            stored = self.read(zone, names=edit.names)

        def read_back(names: Sequence[str], known: dict[str, Record]) -> list[Record]:
            return self._stored(zone, names, known)

        return Writing(self._calls, _path(zone), stored, tell).carry_out(edit, read_back)

    def refresh(self, zone: str) -> None:
        self._calls.call("POST", _path(zone) + "/refresh", is_void=True)

    def _exported(self, zone: str) -> Iterable[Record]:
        text: str = self._calls.get(_path(zone) + "/export")
        try:
            return of_export(text, zone)
        except BadValue:  # no zone file: its records are readable one by one
            ids = self._calls.get(f"{_path(zone)}/record")
            return self._records(zone, ids, {})

    def _stored(self, zone: str, names: Sequence[str], known: dict[str, Record]) -> list[Record]:
        """OVH's filter knows wildcards, so its answer is looked through."""
        ids: dict[int, None] = {}
        for name in names:
            query = urlencode({"subDomain": sub_domain(name, zone)})
            ids |= dict.fromkeys(self._calls.get(f"{_path(zone)}/record?{query}"))
        return [r for r in self._records(zone, ids, known) if r.name in names]

    def _records(self, zone: str, ids: Iterable[int], known: dict[str, Record]) -> Iterable[Record]:
        answers = {i: self._record(zone, i) for i in ids if str(i) not in known}
        told = {i: answer for i, answer in answers.items() if answer}
        has_default = any(not answer.get("ttl") for answer in told.values())
        default: int = self._calls.get(f"{_path(zone)}/soa")["ttl"] if has_default else 0
        for i in ids:
            if i in told:
                yield of_answer(told[i], zone, default)
            elif str(i) in known:
                yield known[str(i)]

    def _record(self, zone: str, number: int) -> dict[str, Any] | None:
        """None when it has gone since it was listed."""
        try:
            found: dict[str, Any] = self._calls.get(f"{_path(zone)}/record/{number}")
        except NotFound:
            return None
        return found


def _path(zone: str) -> str:
    return f"/domain/zone/{quote(zone, safe='')}"
