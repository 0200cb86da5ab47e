"""An edit as calls: what is put in the place of what, what is new, what goes. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from common.errors import Refused
from dnsconfig.edits import Edit
from dnsconfig.providers.base import Capabilities
from dnsconfig.providers.ovh_text import may_replace
from dnsconfig.records import Record


@dataclass(frozen=True)
class Step:
    """One call: both is a change in place, `come` alone a new record, `gone` alone a deletion."""

    come: Record | None = None
    gone: Record | None = None


def possible(edit: Edit, zone: str, capabilities: Capabilities) -> Edit:
    """The edit as OVH keeps it: it raises short TTLs without a word.

    Raises Refused for a type that it does not write, and for NS and SOA of the apex.
    """
    for record in (*edit.removes, *edit.adds):
        if record.type == "SOA" or (record.type, record.name) == ("NS", zone):
            raise Refused(f"{record} is not for the portal to change", code="apex")
    for record in edit.adds:
        if record.type not in capabilities.types:
            raise Refused(f"OVH is not asked for {record}", code="type")
    shortest = capabilities.shortest_ttl
    return Edit(edit.removes, tuple(replace(r, ttl=max(r.ttl, shortest)) for r in edit.adds))


def steps(todo: Edit) -> Iterator[Step]:
    """In the edit's order; of a set of records, one takes the place of another where it can."""
    pairs = _pairs(todo)
    taken = {id(gone) for gone in pairs.values()}
    for record, is_removal in todo.in_order():
        if not is_removal:
            yield Step(come=record, gone=pairs.get(id(record)))
        elif id(record) not in taken:
            yield Step(gone=record)


def _pairs(todo: Edit) -> dict[int, Record]:
    """The record that each new one replaces, by the new one's identity: equal ones may differ."""
    left = list(todo.removes)
    pairs: dict[int, Record] = {}
    for come in todo.adds:
        fitting = [old for old in left if may_replace(come, old)]
        if fitting:
            old = next((one for one in fitting if one == come), fitting[0])
            left.remove(old)
            pairs[id(come)] = old
    return pairs
