"""Compares what is wanted with what is there. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from dnsconfig import spf
from dnsconfig.edits import Edit
from dnsconfig.plan import aliases, exchanges, policies, service_locations
from dnsconfig.plan.cautions import cautions
from dnsconfig.plan.reasons import Action, Need, Reason, Way
from dnsconfig.plan.surroundings import delegation_above, touched
from dnsconfig.plan.values import Change, Option, Plan, Wanted, action_of
from dnsconfig.plan.verdicts import Verdict, conflict, kept
from dnsconfig.records import Record, Snapshot


class Untouchable(ValueError):
    """A plan would write the NS or SOA of the zone's apex: a fault of ours, never carried out."""


def make(
    *,
    wanted: Iterable[Record | Wanted],
    existing: Snapshot,
    unwanted: Iterable[Record] = (),
    decisions: Mapping[str, Way] | None = None,
) -> Plan:
    """Compare each wanted record with what is there.

    `unwanted`: (name, type) in records whose values do not matter, e.g. `msoid`: offered for
    deletion where they are found. `decisions`: a person's earlier choices by `Change.key`.
    """
    wishes = tuple(one if isinstance(one, Wanted) else Wanted(one) for one in wanted)
    records = tuple(wish.record for wish in wishes)
    _refuse_untouchable(Edit(adds=records), existing.zone)
    changes = [_change(wish, records, existing) for wish in wishes]
    changes += _leftovers(records, tuple(unwanted), existing)
    found = [record for change in changes for record in change.found]
    plan = Plan(existing.zone, tuple(changes), (), touched(records, found, existing))
    plan = plan.decide(decisions or {})
    _refuse_untouchable(Edit.together(_all_edits(plan)), existing.zone)
    whole = Edit.together(_likely_edits(plan))
    return replace(plan, cautions=tuple(dict.fromkeys(cautions(records, whole, existing))))


def remake(*, plan: Plan, existing: Snapshot) -> Plan:
    """The same wish against the zone as it is now; choices stand where nothing has changed."""
    made = make(wanted=plan.wanted, existing=existing, unwanted=_unwanted(plan))
    before = {change.key: change for change in plan.changes}
    standing = {
        change.key: old.chosen
        for change in made.changes
        if (old := before.get(change.key)) and old.chosen and _is_alike(old, change)
    }
    return made.decide(standing)


def is_stale(*, plan: Plan, existing: Snapshot, has_begun: bool = False) -> bool:
    """Whether somebody else has changed the touched RRsets since.

    `has_begun`: a part of the plan may be written, so what it adds and removes does not count.
    """
    found = [record for change in plan.changes for record in change.found]
    records = [wish.record for wish in plan.wanted]
    before, now = set(plan.touched), set(touched(records, found, existing))
    edit = plan.edit
    ours = {*edit.adds, *edit.removes} if has_begun else set()
    return before - ours != now - ours


def _change(wish: Wanted, records: tuple[Record, ...], existing: Snapshot) -> Change:
    verdict = _offer_leaving(judge(wish.record, records, existing), wish)
    return Change(
        key=_key(wish.record),
        action=Action.CONFLICT if verdict.is_conflict else action_of(verdict.edit),
        reason=verdict.reason,
        wanted=wish.record,
        found=verdict.found,
        edit=verdict.edit,
        options=verdict.options,
        chosen=verdict.chosen,
        suggested=verdict.suggested,
        need=wish.need,
        why=wish.why,
    )


def judge(record: Record, records: tuple[Record, ...], existing: Snapshot) -> Verdict:
    """What to do about one wanted record among all wanted `records`."""
    cut = delegation_above(record.name, existing)
    if cut:
        return conflict(Reason.DELEGATED, cut)
    if record.type == "CNAME":
        return aliases.judge(record, existing)
    here = existing.at(record.name, "CNAME")
    if here:
        replacing = Option(Way.REPLACE, Edit(here, (record,)))
        options = () if record.name == existing.zone else (replacing,)
        return conflict(Reason.CNAME_HERE, here, *options)
    if record.type == "MX":
        return exchanges.judge(record, records, existing)
    if record.type == "SRV":
        return service_locations.judge(record, records, existing)
    return policies.judge(record, existing)


def _offer_leaving(verdict: Verdict, wish: Wanted) -> Verdict:
    """What a service can do without may be left out."""
    if wish.need is Need.REQUIRED or verdict.options or not verdict.edit:
        return verdict
    ways = (Option(Way.WRITE, verdict.edit), Option(Way.LEAVE))
    return replace(verdict, options=ways, chosen=Way.WRITE)


def _leftovers(
    records: tuple[Record, ...], unwanted: tuple[Record, ...], existing: Snapshot
) -> Iterator[Change]:
    """What should go, and goes only where a person says so."""
    for record in unwanted:
        found = existing.at(record.name, record.type)
        if found:
            yield _going(Reason.MSOID, found)
    for record in records:
        if record.type == "MX":
            behind = exchanges.proofs(record.name, existing, exchanges.parts(record)[0])
            if behind:
                yield _going(Reason.PROOF_MX, behind)


def _going(reason: Reason, found: tuple[Record, ...]) -> Change:
    verdict = kept(reason, found, Option(Way.DELETE, Edit(removes=found)))
    return Change(
        key=f"{reason.value} {found[0].name}",
        action=Action.KEEP,
        reason=reason,
        wanted=None,
        found=found,
        options=verdict.options,
        chosen=verdict.chosen,
        need=Need.OBSOLETE,
    )


def _unwanted(plan: Plan) -> list[Record]:
    return [change.found[0] for change in plan.changes if change.reason is Reason.MSOID]


def _key(record: Record) -> str:
    kind = "SPF" if record.type == "TXT" and spf.is_spf(record.value) else record.type
    return f"{kind} {record.name}"


def _is_alike(old: Change, new: Change) -> bool:
    return (old.reason, set(old.found)) == (new.reason, set(new.found))


def _all_edits(plan: Plan) -> Iterator[Edit]:
    for change in plan.changes:
        yield change.edit
        yield from (option.edit for option in change.options)


def _likely_edits(plan: Plan) -> Iterator[Edit]:
    """What will be written, and for an open conflict what most people choose."""
    for change in plan.changes:
        suggested = [o.edit for o in change.options if o.way is change.suggested]
        yield change.edit or (suggested[0] if suggested and change.chosen is None else Edit())


def _refuse_untouchable(edit: Edit, zone: str) -> None:
    for record in (*edit.removes, *edit.adds):
        if record.type == "SOA" or (record.type == "NS" and record.name == zone):
            raise Untouchable(str(record))
