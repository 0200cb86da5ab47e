"""Rules for wanted service locations (SRV). Pure."""

from collections.abc import Iterable

from dnsconfig.edits import Edit
from dnsconfig.plan.reasons import Reason, Way
from dnsconfig.plan.values import Option
from dnsconfig.plan.verdicts import (
    Verdict,
    conflict,
    is_completed_twice,
    missing,
    same,
)
from dnsconfig.records import Record, Snapshot


def judge(record: Record, wanted: Iterable[Record], existing: Snapshot) -> Verdict:
    there = existing.at(record.name, "SRV")
    allowed = frozenset(wanted)
    strangers = tuple(r for r in there if r not in allowed)
    if not strangers:
        return same(record, there) if record in there else missing(record)
    edit = Edit(strangers, () if record in there else (record,))
    if all(_is_garbled(r, record, existing.zone) for r in strangers):
        return conflict(Reason.GARBLED, strangers, Option(Way.REPAIR, edit), suggested=Way.REPAIR)
    return conflict(Reason.OTHER_SRV, strangers, Option(Way.REPLACE, edit))


def _is_garbled(found: Record, wanted: Record, zone: str) -> bool:
    """Ours, with priority and weight swapped or the target's final dot forgotten."""
    numbers, target = _parts(found)
    right, host = _parts(wanted)
    same_target = target == host or is_completed_twice(target, host, zone)
    swapped = numbers == (right[1], right[0], right[2])
    return same_target and (numbers == right or swapped)


def _parts(record: Record) -> tuple[tuple[str, ...], str]:
    *numbers, target = record.value.split(" ")
    return tuple(numbers), target
