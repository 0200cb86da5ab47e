"""A plan: what is wanted, minus what is there. A value that is shown, stored, approved. Pure."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Self

from dnsconfig import compare
from dnsconfig.compare import Reason
from dnsconfig.edits import Edit
from dnsconfig.records import Record, Snapshot


class Action(StrEnum):
    ADD = "add"
    KEEP = "keep"
    CONFLICT = "conflict"


@dataclass(frozen=True)
class Change:
    """One wanted record, and what is found where it belongs."""

    action: Action
    wanted: Record
    reason: Reason
    found: tuple[Record, ...] = ()
    """What is kept, or what stands in the way."""

    def to_json(self) -> dict[str, Any]:
        return {
            "action": self.action.value,
            "wanted": self.wanted.to_json(),
            "reason": self.reason.value,
            "found": [record.to_json() for record in self.found],
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        return cls(
            Action(data["action"]),
            Record.from_json(data["wanted"]),
            Reason(data["reason"]),
            tuple(Record.from_json(one) for one in data["found"]),
        )


@dataclass(frozen=True)
class Caution:
    """Something to know before writing, that does not stop it."""

    code: str
    name: str


@dataclass(frozen=True)
class Plan:
    """All changes of one zone that belong together.

    `fingerprint` covers what others could have changed at the touched names since the plan was
    made; records that the plan itself adds do not change it.
    """

    zone: str
    changes: tuple[Change, ...]
    cautions: tuple[Caution, ...]
    fingerprint: str

    @property
    def wanted(self) -> tuple[Record, ...]:
        return tuple(change.wanted for change in self.changes)

    @property
    def names(self) -> tuple[str, ...]:
        """The names that decide about the plan, each once: where it writes, and those above."""
        touched = [record.name for record in self.wanted]
        above = [name for one in touched for name in compare.ancestors(one, self.zone)]
        return tuple(dict.fromkeys([*touched, *above]))

    @property
    def adds(self) -> tuple[Record, ...]:
        return tuple(c.wanted for c in self.changes if c.action is Action.ADD)

    @property
    def edit(self) -> Edit:
        """What carrying it out writes."""
        return Edit(adds=self.adds)

    @property
    def conflicts(self) -> tuple[Change, ...]:
        return tuple(c for c in self.changes if c.action is Action.CONFLICT)

    @property
    def expected(self) -> tuple[Record, ...]:
        """What the authoritative servers must answer once the plan is carried out."""
        kept = [r for c in self.changes if c.action is Action.KEEP for r in c.found]
        return tuple(dict.fromkeys([*self.adds, *kept]))

    @property
    def is_blocked(self) -> bool:
        """A person must decide first: nothing of the plan is written."""
        return bool(self.conflicts)

    @property
    def is_empty(self) -> bool:
        """Nothing is to be written."""
        return not self.adds

    def to_json(self) -> dict[str, Any]:
        return {
            "zone": self.zone,
            "changes": [change.to_json() for change in self.changes],
            "cautions": [{"code": w.code, "name": w.name} for w in self.cautions],
            "fingerprint": self.fingerprint,
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        return cls(
            data["zone"],
            tuple(Change.from_json(one) for one in data["changes"]),
            tuple(Caution(one["code"], one["name"]) for one in data["cautions"]),
            data["fingerprint"],
        )


def make(*, wanted: Iterable[Record], existing: Snapshot) -> Plan:
    """Compare each wanted record with what is there."""
    wanted = tuple(wanted)
    changes = tuple(_change(record, wanted, existing) for record in wanted)
    adds = tuple(c.wanted for c in changes if c.action is Action.ADD)
    cautions = tuple(Caution(*found) for found in compare.cautions(adds, wanted, existing))
    return Plan(existing.zone, changes, cautions, _fingerprint(wanted, adds, existing))


def _change(record: Record, wanted: tuple[Record, ...], existing: Snapshot) -> Change:
    reason, found = compare.judge(record, wanted, existing)
    if reason in compare.ADD:
        return Change(Action.ADD, record, reason)
    action = Action.KEEP if reason in compare.KEEP else Action.CONFLICT
    return Change(action, record, reason, found)


def is_stale(*, plan: Plan, existing: Snapshot) -> bool:
    """Whether somebody else has changed the touched RRsets since; our own adds do not count."""
    return _fingerprint(plan.wanted, plan.adds, existing) != plan.fingerprint


def _fingerprint(wanted: tuple[Record, ...], adds: tuple[Record, ...], existing: Snapshot) -> str:
    """Hash of the RRsets that decide about the plan, without what the plan itself adds."""
    ours = frozenset(adds)
    touched = {r for record in wanted for r in compare.neighbours(record, existing)} - ours
    lines = sorted(json.dumps([r.name, r.type, r.value]) for r in touched)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()
