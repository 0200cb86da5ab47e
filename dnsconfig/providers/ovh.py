"""Zones at OVHcloud, through python-ovh's signed calls."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, ClassVar
from urllib.parse import quote, urlencode

import ovh.client
import requests
from ovh.exceptions import APIError

from common.errors import Busy, NotFound, Refused
from dnsconfig.edits import Edit
from dnsconfig.providers.base import (
    Capabilities,
    Key,
    Outcome,
    Written,
    ZoneProvider,
    say_nothing,
)
from dnsconfig.providers.ovh_errors import answer_of, no_answer
from dnsconfig.providers.ovh_text import of_answer, of_export, sub_domain, to_body
from dnsconfig.records import BadValue, Record, Snapshot

TIMEOUT = (5.0, 30.0)
"""Seconds to connect and to wait for an answer; python-ovh's own are 180 each."""


class OvhZones(ZoneProvider):
    """One OVH account. Not for several threads at once: python-ovh's session is not."""

    capabilities: ClassVar[Capabilities] = Capabilities(
        types=frozenset({"A", "AAAA", "CAA", "CNAME", "MX", "NS", "SRV", "TLSA", "TXT"}),
        needs_refresh=True,
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
    ) -> None:
        """`endpoint`: a name that python-ovh knows, or the URL of a compatible API."""
        if endpoint.startswith("http"):
            ovh.client.ENDPOINTS[endpoint] = endpoint
        self._keys = {key.name: keys.get(key.name, "") for key in self.keys_asked}
        self._endpoint = endpoint
        self._timeout = timeout
        self._client = self._connect()

    def zones(self) -> list[str]:
        found: list[str] = self._get("/domain/zone")
        return sorted(found)

    def name_servers(self, zone: str) -> list[str]:
        found: list[str] = self._get(_path(zone))["nameServers"]
        return [server.rstrip(".").lower() for server in found]

    def read(self, zone: str, *, names: Iterable[str] | None = None) -> Snapshot:
        """The whole zone is one request (its export); some names are one each, and one a record.

        The export may leave out what was written but not refreshed, so read the names before
        and after a write.
        """
        if names is None:
            return Snapshot.of(zone, self._exported(zone))
        return Snapshot.of(zone, [r for name in names for r in self._stored(zone, name)])

    def write(
        self,
        zone: str,
        edit: Edit,
        *,
        stored: Snapshot,
        tell: Callable[[Written], None] = say_nothing,
    ) -> tuple[Written, ...]:
        """OVH would take the same record twice: only what is not stored is sent."""
        todo = edit.left_to_do(stored)
        results = [Written(r, Outcome.ALREADY) for r in edit.adds if r not in todo.adds]
        for record, is_removal in todo.in_order():
            if is_removal:
                self._call("DELETE", f"{_path(zone)}/record/{record.id}")
            else:
                self._create(zone, record)
            results.append(Written(record, Outcome.WRITTEN, is_removal))
        for each in results:
            tell(each)
        return tuple(results)

    def _create(self, zone: str, record: Record) -> None:
        answer = self._call("POST", _path(zone) + "/record", to_body(record, zone))
        if of_answer(answer, zone) != record:
            raise Refused(f"OVH changed {record} to {answer['target']!r}", code="changed")

    def refresh(self, zone: str) -> None:
        self._call("POST", _path(zone) + "/refresh")

    def _exported(self, zone: str) -> Iterable[Record]:
        text: str = self._get(_path(zone) + "/export")
        try:
            return of_export(text, zone)
        except BadValue:  # a zone that needs repair: its records are readable one by one
            return self._listed(zone, "")

    def _stored(self, zone: str, name: str) -> list[Record]:
        """OVH's filter knows wildcards, so its answer is looked through."""
        query = "?" + urlencode({"subDomain": sub_domain(name, zone)})
        return [record for record in self._listed(zone, query) if record.name == name]

    def _listed(self, zone: str, query: str) -> list[Record]:
        ids: list[int] = self._get(f"{_path(zone)}/record{query}")
        records = (self._record(zone, number) for number in ids)
        return [record for record in records if record is not None]

    def _record(self, zone: str, number: int) -> Record | None:
        """None when it has gone since it was listed."""
        try:
            return of_answer(self._get(f"{_path(zone)}/record/{number}"), zone)
        except NotFound:
            return None

    def _get(self, path: str) -> Any:
        return self._call("GET", path)

    def _call(self, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        """One signed call; once more with a new client when our clock had drifted."""
        response = self._send(method, path, body)
        if response.status_code == 400 and "Invalid signature" in response.text:
            self._client = self._connect()
            response = self._send(method, path, body)
        return answer_of(response, method, path)

    def _send(self, method: str, path: str, body: dict[str, Any] | None) -> requests.Response:
        self._learn_the_time()
        try:
            response: requests.Response = self._client.raw_call(method, path, body)
        except requests.RequestException as error:
            raise no_answer(error, method, path) from error
        return response

    def _learn_the_time(self) -> None:
        """Signatures carry the server's time; it is asked once per client."""
        try:
            self._client.time_delta  # noqa: B018 - the property asks
        except APIError as error:
            raise Busy(f"OVH does not tell its time: {error}", code="time") from error

    def _connect(self) -> ovh.Client:
        return ovh.Client(endpoint=self._endpoint, timeout=self._timeout, **self._keys)


def _path(zone: str) -> str:
    return f"/domain/zone/{quote(zone, safe='')}"
