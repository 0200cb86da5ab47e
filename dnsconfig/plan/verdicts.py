"""What a rule says about one wanted record. Pure."""

from dataclasses import dataclass, replace

from dnsconfig.edits import NOTHING, Edit
from dnsconfig.plan.reasons import Reason, Way
from dnsconfig.plan.values import Option
from dnsconfig.records import Record


@dataclass(frozen=True)
class Verdict:
    """See `Change`; `is_conflict` until a person chooses one of the options."""

    reason: Reason
    found: tuple[Record, ...] = ()
    edit: Edit = NOTHING
    options: tuple[Option, ...] = ()
    chosen: Way | None = None
    suggested: Way | None = None
    is_conflict: bool = False


def missing(record: Record) -> Verdict:
    return Verdict(Reason.MISSING, edit=Edit(adds=(record,)))


def kept(reason: Reason, found: tuple[Record, ...], *others: Option) -> Verdict:
    """Nothing is to be done; `others` is what could be done instead."""
    if not others:
        return Verdict(reason, found)
    return Verdict(reason, found, options=(Option(Way.KEEP), *others), chosen=Way.KEEP)


def changed(reason: Reason, found: tuple[Record, ...], edit: Edit) -> Verdict:
    return Verdict(reason, found, edit)


def conflict(
    reason: Reason, found: tuple[Record, ...], *options: Option, suggested: Way | None = None
) -> Verdict:
    """A person decides between leaving all as it is and the options; with none, it is refused."""
    if not options:
        return Verdict(reason, found, is_conflict=True)
    ways = (Option(Way.KEEP), *options)
    return Verdict(reason, found, options=ways, suggested=suggested or Way.KEEP, is_conflict=True)


def same(record: Record, there: tuple[Record, ...]) -> Verdict:
    """The record is there; another TTL is offered for the whole RRset `there`, and not urged."""
    found = next(r for r in there if r == record)
    if found.ttl == record.ttl:
        return kept(Reason.SAME, (found,))
    new = tuple(replace(r, ttl=record.ttl) for r in there)
    return kept(Reason.SAME, (found,), Option(Way.TTL, Edit(there, new)))


def is_completed_twice(found: str, wanted: str, zone: str) -> bool:
    """The final dot was forgotten, so the host appended the zone to the target."""
    return found == f"{wanted}{zone}."
