"""A run as people and programs read it: the diff in words, server by server."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.timezone import now

from dnsconfig import plan_words, server_words, words
from dnsconfig.edits import NOTHING, Edit
from dnsconfig.models import DnsPlan, PlanState
from dnsconfig.names import mixes_scripts
from dnsconfig.plan import Action, Change
from dnsconfig.records import Record
from dnsconfig.seen import caches_until
from journal.models import Operation, State

BY_HAND = "by_hand"
"""Alias of the provider for domains that are hosted elsewhere."""


@dataclass(frozen=True)
class Choice:
    """One way a person may choose, and what it writes."""

    way: str
    text: str
    removes: tuple[str, ...]
    adds: tuple[str, ...]
    is_chosen: bool
    is_suggested: bool


@dataclass(frozen=True)
class Row:
    """One place of the zone: what is wished, what is found, what is written, the sentence."""

    key: str
    action: Action
    name: str
    type: str
    value: str
    found: tuple[str, ...]
    removes: tuple[str, ...]
    adds: tuple[str, ...]
    text: str
    need: str
    why: str
    details: tuple[str, ...]
    choices: tuple[Choice, ...]


_ORDER = (Action.CONFLICT, Action.CHANGE, Action.ADD, Action.KEEP)


def rows_of(plan: DnsPlan) -> list[Row]:
    """The diff: what blocks first, then what changes, is added, is kept."""
    made = plan.plan
    changes = sorted(made.changes if made else (), key=lambda c: _ORDER.index(c.action))
    is_written = plan.state in (PlanState.PUBLISHING, PlanState.DONE)
    return [_row(change, is_written) for change in changes]


def _row(change: Change, is_written: bool) -> Row:
    record = change.record
    found = () if change.found == (change.wanted,) else change.found
    return Row(
        key=change.key,
        action=change.action,
        name=record.name,
        type=record.type,
        value=change.wanted.value if change.wanted else "",
        found=_texts(found),
        removes=_texts(change.edit.removes),
        adds=_texts(change.edit.adds),
        text=plan_words.reason(change, is_written=is_written),
        need=change.need.value,
        why=plan_words.why(change),
        details=tuple(plan_words.details(change)),
        choices=tuple(_choices(change)),
    )


def _choices(change: Change) -> list[Choice]:
    chosen = change.chosen or change.suggested
    return [
        Choice(
            way=option.way.value,
            text=plan_words.way(change, option.way),
            removes=_texts(option.edit.removes),
            adds=_texts(option.edit.adds),
            is_chosen=option.way is chosen,
            is_suggested=option.way is change.suggested,
        )
        for option in change.options
    ]


def _texts(records: tuple[Record, ...]) -> tuple[str, ...]:
    return tuple(f"{record.type} {record.value}" for record in records)


def cautions_of(plan: DnsPlan) -> list[str]:
    made, name = plan.plan, plan.domain.name
    found = [plan_words.caution(one) for one in made.cautions] if made else []
    if mixes_scripts(name):
        found.insert(0, str(words.LOOK_ALIKE) % {"name": f"{plan.domain} ({name})"})
    return found


def ends_mail(run: DnsPlan) -> bool:
    """Whether MX records go and none come in their place."""
    edit = run.plan.edit if run.plan else NOTHING
    gone = {record.name for record in edit.removes if record.type == "MX"}
    return bool(gone - {record.name for record in edit.adds if record.type == "MX"})


def problem_of(plan: DnsPlan) -> str:
    return words.problem(plan.problem) if plan.problem else ""


def services_of(plan: DnsPlan) -> list[str | Promise]:
    return [words.SERVICES.get(service, service) for service in plan.services]


def servers_of(plan: DnsPlan) -> list[dict[str, Any]]:
    """Per server: how many of the records it answers with, and what it said instead, in words."""
    return [
        {**one, "seen": one["expected"] - _wrong(one), "notes": server_words.sentences(one)}
        for one in plan.published
    ]


def cached_until(plan: DnsPlan) -> datetime | None:
    """When the last cache has forgotten what was replaced; None once it has."""
    if plan.written_at is None or plan.state not in (PlanState.PUBLISHING, PlanState.DONE):
        return None
    until = caches_until(plan.edit.removes, plan.written_at)
    return until if until is not None and until > now() else None


def _wrong(server: dict[str, Any]) -> int:
    return len(server["missing"]) + len(server.get("still_there", ()))


def by_hand_of(plan: DnsPlan) -> list[dict[str, Any]]:
    """Records that a person must write now: name, type, value as panels of hosts ask for them."""
    edit = Edit.from_json(plan.by_hand) if plan.by_hand else NOTHING
    if not edit and plan.state == PlanState.WRITING and _is_by_hand(plan):
        edit = plan.edit
    return [
        {"name": r.name, "type": r.type, "value": r.target, "ttl": r.ttl, "is_removal": gone}
        for r, gone in edit.in_order()
    ]


def _is_by_hand(plan: DnsPlan) -> bool:
    return plan.domain.connection.provider == BY_HAND


def steps_of(plan: DnsPlan) -> list[Operation]:
    """What was done and is to be done; a step that was asked for again shows once."""
    steps = list(Operation.objects.filter(journey=plan.journey).order_by("pk"))
    again = {step.kind: step.pk for step in steps}
    return [s for s in steps if s.state != State.CANCELLED or s.pk == again[s.kind]]


def written_of(plan: DnsPlan) -> list[dict[str, Any]]:
    """Per record: what became of it at the host."""
    return [
        {
            "record": str(Record.from_json(one["record"])),
            "outcome": one["outcome"],
            "is_removal": one["is_removal"],
        }
        for one in plan.written
    ]
