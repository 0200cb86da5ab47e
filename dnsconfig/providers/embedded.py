"""The portal's own zones: rows of its database, written under a lock and all at once."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, ClassVar

from common.errors import Misconfigured
from dnsconfig.edits import Edit
from dnsconfig.embedded import writing
from dnsconfig.embedded.models import OwnZone
from dnsconfig.providers.base import (
    Capabilities,
    Key,
    Outcome,
    Written,
    ZoneProvider,
    say_nothing,
)
from dnsconfig.records import Snapshot


class EmbeddedZones(ZoneProvider):
    """The own zones of one account; `keys["account"]` is set by the portal, never by a person."""

    capabilities: ClassVar[Capabilities] = Capabilities(
        types=frozenset(
            ("A", "AAAA", "CAA", "CNAME", "HTTPS", "MX", "NS", "PTR", "SRV", "SVCB", "TLSA", "TXT")
        ),
        has_conditional_write=True,
        is_atomic=True,
    )
    keys_asked: ClassVar[tuple[Key, ...]] = ()

    def __init__(self, *, keys: Mapping[str, str], **_options: Any) -> None:
        account = keys.get("account", "")
        if not account.isascii() or not account.isdigit():
            raise Misconfigured("own zones need their account", code="account")
        self._account_id = int(account)

    def zones(self) -> list[str]:
        mine = OwnZone.objects.filter(account_id=self._account_id)
        return sorted(mine.values_list("name", flat=True))

    def name_servers(self, zone: str) -> list[str]:
        return sorted(self._zone(zone).name_servers)

    def read(self, zone: str, *, names: Iterable[str] | None = None) -> Snapshot:
        return writing.snapshot(self._zone(zone), None if names is None else set(names))

    def write(
        self,
        zone: str,
        edit: Edit,
        *,
        stored: Snapshot,
        tell: Callable[[Written], None] = say_nothing,
    ) -> tuple[Written, ...]:
        todo = writing.write(account_id=self._account_id, name=zone, edit=edit, stored=stored)
        done = [Written(r, Outcome.ALREADY) for r in edit.adds if r not in todo.adds]
        done += [Written(record, Outcome.WRITTEN, gone) for record, gone in todo.in_order()]
        for one in done:
            tell(one)
        return tuple(done)

    def refresh(self, zone: str) -> None:
        """The server reads what is stored; the secondaries were told with the write."""
        self._zone(zone)

    def _zone(self, name: str) -> OwnZone:
        return writing.zone_of(account_id=self._account_id, name=name)
