"""A plan and its parts, as values with a JSON form. Pure."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Self

from dnsconfig.edits import NOTHING, Edit
from dnsconfig.plan.reasons import SATISFIED, Action, Need, Reason, Way
from dnsconfig.records import Record


@dataclass(frozen=True)
class Wanted:
    """A record that a service asks for, and how much it needs it; `why` is a code for words."""

    record: Record
    need: Need = Need.REQUIRED
    why: str = ""


@dataclass(frozen=True)
class Option:
    """One way out, and what it would write; an empty edit leaves all as it is."""

    way: Way
    edit: Edit = NOTHING

    def to_json(self) -> dict[str, Any]:
        return {"way": self.way.value, "edit": self.edit.to_json()}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        return cls(Way(data["way"]), Edit.from_json(data["edit"]))


@dataclass(frozen=True)
class Change:
    """One wanted record (or one that should not be there), and what is found in its place.

    `found`: what is kept, or what stands in the way. `edit`: what is written when it is carried
    out. `options`: the ways a person may choose from; `chosen` is the one that `edit` follows.
    """

    key: str
    """Stable within the plan: `MX example.com`, `SPF example.com`."""
    action: Action
    reason: Reason
    wanted: Record | None
    found: tuple[Record, ...] = ()
    edit: Edit = NOTHING
    options: tuple[Option, ...] = ()
    chosen: Way | None = None
    suggested: Way | None = None
    """What most people choose here; nothing is written for a conflict without a choice."""
    need: Need = Need.REQUIRED
    why: str = ""
    details: tuple[str, ...] = ()
    """Facts for the sentence, e.g. how many look-ups each term of an SPF record costs."""

    @property
    def record(self) -> Record:
        """Where it is about."""
        return self.wanted or self.found[0]

    @property
    def expected(self) -> tuple[Record, ...]:
        """What the servers must answer here once the plan is carried out."""
        if self.edit:
            return self.edit.adds
        return self.found if self.reason in SATISFIED else ()

    def decide(self, way: Way) -> Self:
        """Follow one of the options. Raises KeyError for a way that there is not."""
        edits = {option.way: option.edit for option in self.options}
        edit = edits[way]
        return replace(self, action=action_of(edit), edit=edit, chosen=way)

    def to_json(self) -> dict[str, Any]:
        return {
            "key": self.key,
            "action": self.action.value,
            "reason": self.reason.value,
            "wanted": self.wanted.to_json() if self.wanted else None,
            "found": [record.to_json() for record in self.found],
            "edit": self.edit.to_json(),
            "options": [option.to_json() for option in self.options],
            "chosen": self.chosen,
            "suggested": self.suggested,
            "need": self.need.value,
            "why": self.why,
            "details": list(self.details),
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        return cls(
            key=data["key"],
            action=Action(data["action"]),
            reason=Reason(data["reason"]),
            wanted=Record.from_json(data["wanted"]) if data["wanted"] else None,
            found=tuple(Record.from_json(one) for one in data["found"]),
            edit=Edit.from_json(data["edit"]),
            options=tuple(Option.from_json(one) for one in data["options"]),
            chosen=Way(data["chosen"]) if data["chosen"] else None,
            suggested=Way(data["suggested"]) if data["suggested"] else None,
            need=Need(data["need"]),
            why=data["why"],
            details=tuple(data["details"]),
        )


def action_of(edit: Edit) -> Action:
    if not edit:
        return Action.KEEP
    return Action.CHANGE if edit.removes else Action.ADD


@dataclass(frozen=True)
class Caution:
    """Something to know before writing, that does not stop it."""

    code: str
    name: str


@dataclass(frozen=True)
class Plan:
    """All changes of one zone that belong together.

    `touched`: the records that decided about it, as they were when it was made.
    """

    zone: str
    changes: tuple[Change, ...]
    cautions: tuple[Caution, ...]
    touched: tuple[Record, ...]

    @property
    def fingerprint(self) -> str:
        """Hash of what the plan was made from and of what was chosen."""
        lines = sorted(json.dumps([r.name, r.type, r.value]) for r in self.touched)
        lines += [f"{change.key}={change.chosen}" for change in self.changes]
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()

    @property
    def wanted(self) -> tuple[Wanted, ...]:
        return tuple(Wanted(c.wanted, c.need, c.why) for c in self.changes if c.wanted)

    @property
    def edit(self) -> Edit:
        """What carrying it out writes, each record once."""
        whole = Edit.together(change.edit for change in self.changes)
        return Edit(tuple(dict.fromkeys(whole.removes)), tuple(dict.fromkeys(whole.adds)))

    @property
    def names(self) -> tuple[str, ...]:
        """The names that decide about the plan, each once: where it writes, and those above."""
        touched = [change.record.name for change in self.changes]
        above = [name for one in touched for name in ancestors(one, self.zone)]
        return tuple(dict.fromkeys([*touched, *self.edit.names, *above]))

    @property
    def conflicts(self) -> tuple[Change, ...]:
        return tuple(c for c in self.changes if c.action is Action.CONFLICT)

    @property
    def expected(self) -> tuple[Record, ...]:
        """What the authoritative servers must answer once the plan is carried out."""
        return tuple(dict.fromkeys(r for change in self.changes for r in change.expected))

    @property
    def gone(self) -> tuple[Record, ...]:
        """What they must not answer any more."""
        edit = self.edit
        return tuple(record for record in edit.removes if record not in edit.adds)

    @property
    def is_blocked(self) -> bool:
        """A person must decide first: nothing of the plan is written."""
        return bool(self.conflicts)

    @property
    def is_decidable(self) -> bool:
        """Every conflict has a way out."""
        return all(change.options for change in self.conflicts)

    @property
    def is_empty(self) -> bool:
        """Nothing is to be written."""
        return not self.edit

    def decide(self, decisions: Mapping[str, Way]) -> Self:
        """Take a person's choices; those for what there is no such choice are passed over."""
        return replace(self, changes=tuple(_decided(c, decisions) for c in self.changes))

    def to_json(self) -> dict[str, Any]:
        return {
            "zone": self.zone,
            "changes": [change.to_json() for change in self.changes],
            "cautions": [{"code": w.code, "name": w.name} for w in self.cautions],
            "touched": [record.to_json() for record in self.touched],
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        return cls(
            data["zone"],
            tuple(Change.from_json(one) for one in data["changes"]),
            tuple(Caution(one["code"], one["name"]) for one in data["cautions"]),
            tuple(Record.from_json(one) for one in data["touched"]),
        )


def _decided(change: Change, decisions: Mapping[str, Way]) -> Change:
    way = decisions.get(change.key)
    ways = {option.way for option in change.options}
    return change.decide(way) if way is not None and way in ways else change


def ancestors(name: str, zone: str) -> Iterable[str]:
    """The name itself and those above it, the zone's apex excluded."""
    while name != zone and name.endswith("." + zone):
        yield name
        name = name.partition(".")[2]
