"""The way back: what we wrote and what is still as we left it. Pure."""

from collections.abc import Iterable, Iterator

from dnsconfig import spf
from dnsconfig.edits import Edit
from dnsconfig.plan.exchanges import foreign
from dnsconfig.plan.reasons import Action, Need, Reason
from dnsconfig.plan.surroundings import data_at, touched
from dnsconfig.plan.values import Caution, Change, Plan, action_of
from dnsconfig.records import Record, Snapshot


def undo(*, applied: Edit, existing: Snapshot) -> Plan:
    """Restore what was there before `applied`; what others changed since is listed and left."""
    changes = tuple(_change(part, existing) for part in _parts(applied))
    return _plan(changes, existing)


def withdraw(*, applied: Iterable[Edit], existing: Snapshot) -> Plan:
    """Take away what is still ours when a tenant ends; mail keeps its MX and SPF until there is
    another MX. `applied`: the newest first.
    """
    ours = tuple(dict.fromkeys(r for edit in applied for r in edit.adds))
    present = tuple(r for record in ours for r in existing.at(record.name) if r == record)
    return _plan(tuple(_leaving(record, existing) for record in present), existing)


def _parts(applied: Edit) -> Iterator[Edit]:
    """What belongs together: an RRset, or all at a name where an alias came or went."""
    records = (*applied.removes, *applied.adds)
    aliased = {record.name for record in records if record.type == "CNAME"}
    keys = dict.fromkeys(_part_key(record, aliased) for record in records)
    for key in keys:
        yield Edit(
            tuple(r for r in applied.removes if _part_key(r, aliased) == key),
            tuple(r for r in applied.adds if _part_key(r, aliased) == key),
        )


def _part_key(record: Record, aliased: set[str]) -> str:
    if record.name in aliased:
        return record.name
    kind = "SPF" if _is_spf(record) else record.type
    return f"{kind} {record.name}"


def _change(part: Edit, existing: Snapshot) -> Change:
    ours = tuple(r for wrote in part.adds for r in existing.at(wrote.name) if r == wrote)
    former = tuple(r for r in part.removes if r not in existing.at(r.name, r.type))
    first = (part.removes or part.adds)[0]
    key = f"{'SPF' if _is_spf(first) else first.type} {first.name}"
    if not former and not _really_ours(ours, part) and not _instead(part, existing):
        return Change(key, Action.KEEP, Reason.UNDONE, None, (first,))
    if len(ours) != len(part.adds) or _is_crowded(part, existing):
        now = data_at(first.name, existing) or (first,)
        return Change(key, Action.KEEP, Reason.CHANGED_SINCE, None, now)
    edit = Edit(ours, part.removes)
    wanted = part.removes[0] if part.removes else None
    return Change(key, action_of(edit), Reason.UNDO, wanted, ours or part.removes, edit)


def _really_ours(ours: tuple[Record, ...], part: Edit) -> tuple[Record, ...]:
    """A record that was there before with another TTL is none of ours to take away."""
    return tuple(r for r in ours if r not in part.removes)


def _instead(part: Edit, existing: Snapshot) -> bool:
    """Somebody else's record stands where ours stood and where only one can stand."""
    return any(
        r not in part.removes and r not in part.adds and _is_same_place(r, ours)
        for ours in part.adds
        for r in existing.at(ours.name)
    )


def _is_same_place(record: Record, ours: Record) -> bool:
    if ours.type == "TXT":
        return _is_spf(ours) and _is_spf(record)
    return record.type == ours.type


def _is_crowded(part: Edit, existing: Snapshot) -> bool:
    """What came since would not stand beside what would come back."""
    for record in part.removes:
        here = [r for r in data_at(record.name, existing) if r not in part.adds]
        if record.type == "CNAME" and any(r != record for r in here):
            return True
        if any(r.type == "CNAME" for r in here if r != record):
            return True
        if _is_spf(record) and any(_is_spf(r) and r != record for r in here):
            return True
    return False


def _leaving(record: Record, existing: Snapshot) -> Change:
    key = f"{record.type} {record.name} {record.value}"
    if _is_for_mail(record) and not foreign(existing.at(record.name, "MX")):
        return Change(key, Action.KEEP, Reason.NEEDED, None, (record,))
    edit = Edit(removes=(record,))
    return Change(key, Action.CHANGE, Reason.UNDO, None, (record,), edit, need=Need.OBSOLETE)


def _plan(changes: tuple[Change, ...], existing: Snapshot) -> Plan:
    found = [record for change in changes for record in change.found]
    comes = [record for change in changes for record in change.edit.adds]
    plan = Plan(existing.zone, changes, (), touched(comes, found, existing))
    return Plan(plan.zone, changes, tuple(_cautions(plan, existing)), plan.touched)


def _cautions(plan: Plan, existing: Snapshot) -> Iterator[Caution]:
    after = plan.edit.after(existing)
    for name in dict.fromkeys(r.name for r in plan.edit.removes if r.type == "MX"):
        if not after.at(name, "MX"):
            yield Caution("no_mx", name)


def _is_for_mail(record: Record) -> bool:
    return record.type == "MX" or _is_spf(record)


def _is_spf(record: Record) -> bool:
    return record.type == "TXT" and spf.is_spf(record.value)
