"""Which name servers the parents name for a zone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import dns.rrset
from dns.rrset import RRset

if TYPE_CHECKING:
    from dns.name import Name

    from sandbox.table import Item
    from sandbox.world import World

TTL = 3600
OVH = {"ns1.ovh-sandbox.example": ["127.0.0.2"], "ns2.ovh-sandbox.example": ["127.0.0.3"]}
ELSEWHERE = {"ns1.elsewhere.example": ["127.0.0.4"], "ns2.elsewhere.example": ["127.0.0.4"]}


def put(world: World, zone: str, servers: dict[str, list[str]]) -> None:
    """Delegate a zone to servers, named with their addresses; inside a change."""
    world.table("dns_delegations")[zone] = {"zone": zone, "servers": servers}


def above(world: World, name: Name) -> Item | None:
    """The topmost delegation at or above a name."""
    table = world.table("dns_delegations")
    labels = plain(name).split(".")
    suffixes = (".".join(labels[at:]) for at in range(len(labels) - 1, -1, -1))
    return next((table[suffix] for suffix in suffixes if suffix in table), None)


def servers(delegation: Item) -> RRset:
    """The NS records of a delegation."""
    names = [f"{name}." for name in delegation["servers"]]
    return dns.rrset.from_text_list(f"{delegation['zone']}.", TTL, "IN", "NS", names)


def glue(delegation: Item) -> list[RRset]:
    """The addresses of its servers."""
    return [
        dns.rrset.from_text_list(f"{name}.", TTL, "IN", "A", addresses)
        for name, addresses in delegation["servers"].items()
        if addresses
    ]


def plain(name: Name) -> str:
    """A name in lower case, without the final dot; the root is empty."""
    return name.to_text(omit_final_dot=True).lower().removesuffix(".")
