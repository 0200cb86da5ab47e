"""Which server says what: the zones that each address serves."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import dns.name
from dns.message import Message
from dns.rcode import Rcode

from sandbox.dns import delegations, reply, zone_text
from sandbox.dns.zone import Zone
from sandbox.ovh import published

if TYPE_CHECKING:
    from dns.name import Name

    from sandbox.table import Item
    from sandbox.world import World

ROOT = "127.0.0.1"
OVH_PRIMARY, OVH_SECONDARY = "127.0.0.2", "127.0.0.3"
ELSEWHERE = "127.0.0.4"
ADDRESSES = (ROOT, OVH_PRIMARY, OVH_SECONDARY, ELSEWHERE)

PARKED = """
$TTL 3600
@    IN SOA   ns1.elsewhere.example. hostmaster.elsewhere.example. 1 1800 900 604800 60
@    IN NS    ns1.elsewhere.example.
@    IN NS    ns2.elsewhere.example.
@    IN A     192.0.2.40
@    IN MX    10 mx.elsewhere.example.
www  IN CNAME @
"""


class Authority:
    """Answers for all four addresses, from what the world holds at that moment."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._built: dict[tuple[str, bool], tuple[Item, Zone]] = {}

    def respond(self, address: str, query: Message) -> Message:
        """The reply of the server at an address."""
        objection = reply.objection(query)
        if objection is not None:
            return reply.refused(query, objection)
        name = query.question[0].name
        if address == ROOT:
            return self._from_the_top(name, query)
        if address == ELSEWHERE:
            zone = self._parked(name)
        else:
            zone = self._of_ovh(name, is_late=address == OVH_SECONDARY)
        return reply.answer(query, zone) if zone else reply.refused(query, Rcode.REFUSED)

    def _from_the_top(self, name: Name, query: Message) -> Message:
        below = delegations.above(self._world, name)
        if below:
            return reply.referral(query, delegations.servers(below), delegations.glue(below))
        zone = next(zone for zone in zone_text.internet() if name.is_subdomain(zone.origin))
        return reply.answer(query, zone)

    def _of_ovh(self, name: Name, *, is_late: bool) -> Zone | None:
        found = _deepest(name, self._world.table("ovh_published"))
        if not found:
            return None
        snapshot = published.served(self._world, found, is_late=is_late)
        if not snapshot:
            return None
        known = self._built.get((found, is_late))
        if known is None or known[0] is not snapshot:
            known = (snapshot, zone_text.from_records(found, snapshot["records"]))
            self._built[found, is_late] = known
        return known[1]

    def _parked(self, name: Name) -> Zone | None:
        table = self._world.table("dns_delegations")
        found = _deepest(name, table)
        named = table[found]["servers"].values() if found else ()
        is_here = any(ELSEWHERE in addresses for addresses in named)
        return zone_text.parse(PARKED, f"{found}.") if found and is_here else None


def _deepest(name: Name, zones: Mapping[str, object]) -> str | None:
    """The zone that is nearest above a name, or at it."""
    while name != dns.name.root:
        text = delegations.plain(name)
        if text in zones:
            return text
        name = name.parent()
    return None
