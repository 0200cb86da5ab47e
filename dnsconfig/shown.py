"""A run as people and programs read it: the diff in words, server by server."""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from dnsconfig import words
from dnsconfig.models import DnsPlan, PlanState
from dnsconfig.plan import Action, Change


@dataclass(frozen=True)
class Row:
    """One wanted record, what is found, and the sentence for it."""

    action: Action
    name: str
    type: str
    value: str
    found: tuple[str, ...]
    text: str


def rows_of(plan: DnsPlan) -> list[Row]:
    """The diff: what blocks first, then what is added, then what is kept."""
    made = plan.plan
    order = [Action.CONFLICT, Action.ADD, Action.KEEP]
    changes = sorted(made.changes if made else (), key=lambda c: order.index(c.action))
    is_written = plan.state in (PlanState.PUBLISHING, PlanState.DONE)
    return [_row(change, is_written) for change in changes]


def _row(change: Change, is_written: bool) -> Row:
    found = () if change.found == (change.wanted,) else change.found
    return Row(
        change.action,
        change.wanted.name,
        change.wanted.type,
        change.wanted.value,
        tuple(f"{record.type} {record.value}" for record in found),
        words.reason(change.reason, is_written=is_written),
    )


def cautions_of(plan: DnsPlan) -> list[str]:
    made = plan.plan
    return [words.caution(one.code, one.name) for one in made.cautions] if made else []


def problem_of(plan: DnsPlan) -> str:
    return words.problem(plan.problem) if plan.problem else ""


def services_of(plan: DnsPlan) -> list[str | Promise]:
    return [words.SERVICES.get(service, service) for service in plan.services]


def servers_of(plan: DnsPlan) -> list[dict[str, Any]]:
    """Per server: how many of the records it answers with, and what it said instead."""
    return [{**one, "seen": one["expected"] - len(one["missing"])} for one in plan.published]
