"""What a change would do, said before it is made: one object for form, API and audit."""

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Self

from subscriptions.rules.changes import Change, from_json
from subscriptions.rules.contract import Scheduled
from subscriptions.rules.money import Charge, total

Params = dict[str, Any]
"""Plain JSON. Names tell the type of a text: `..._on` a date, `..._at` a moment, `price` money."""


@dataclass(frozen=True)
class Note:
    """A fact beside the figures: a code with parameters, worded elsewhere."""

    code: str
    params: Params = field(default_factory=dict)


class Forbidden(Exception):
    """A change that the rules forbid now, perhaps possible from a day or moment on."""

    def __init__(
        self,
        code: str,
        *,
        possible_from: date | datetime | None = None,
        field: str = "",
        params: Params | None = None,
    ) -> None:
        super().__init__(code)
        self.code = code
        self.possible_from = possible_from
        self.field = field
        self.params: Params = params or {}


@dataclass(frozen=True, kw_only=True)
class Preview:
    """Money now and per period, refundable until when, what becomes impossible, what changes."""

    change: Change
    currency: str
    at: datetime
    charges: tuple[Charge, ...] = ()
    """Lines of the next invoice that this change causes."""
    period_before: Decimal
    """What all seats cost per charge cycle today."""
    period_after: Decimal
    """And per charge cycle after the change (or from `charged_on` on)."""
    period_was: str
    """The charge cycle today: monthly, annual, triennial."""
    period: str
    """And after the change."""
    charged_on: date | None = None
    """The day on which the money changes: today, or the renewal."""
    refundable_until: datetime | None = None
    """What is bought now can be given back until then."""
    impossible_until: date | None = None
    """After `refundable_until` giving back is impossible until this day."""
    deletes_schedule: Scheduled | None = None
    """What had been scheduled for the renewal and is dropped by this change."""
    ends_on: date
    """Last day of the term, after the change."""
    changes_nothing: bool = False
    """It is as wished already."""
    notes: tuple[Note, ...] = ()

    @property
    def amount_now(self) -> Decimal:
        """The sum of the charges: negative is a credit."""
        return total(charge.amount for charge in self.charges)

    def costs_as(self, other: "Preview") -> bool:
        """Whether both say the same of the money."""
        mine = (self.amount_now, self.period_after, self.period, self.currency)
        return mine == (other.amount_now, other.period_after, other.period, other.currency)

    def to_dict(self) -> dict[str, Any]:
        """As JSON: money, dates and moments as text."""
        return {
            "change": self.change.to_json(),
            "currency": self.currency,
            "at": self.at.isoformat(),
            "amount_now": str(self.amount_now),
            "charges": [charge.to_dict() for charge in self.charges],
            "period_before": str(self.period_before),
            "period_after": str(self.period_after),
            "period_was": self.period_was,
            "period": self.period,
            "charged_on": _text(self.charged_on),
            "refundable_until": _text(self.refundable_until),
            "impossible_until": _text(self.impossible_until),
            "deletes_schedule": self.deletes_schedule and self.deletes_schedule.to_json(),
            "ends_on": self.ends_on.isoformat(),
            "changes_nothing": self.changes_nothing,
            "notes": [{"code": note.code, "params": note.params} for note in self.notes],
        }

    @classmethod
    def from_dict(cls, value: dict[str, Any]) -> Self:
        """What `to_dict` wrote."""
        until, dropped = value["refundable_until"], value["deletes_schedule"]
        return cls(
            change=from_json(value["change"]),
            currency=value["currency"],
            at=datetime.fromisoformat(value["at"]),
            charges=tuple(Charge.from_dict(each) for each in value["charges"]),
            period_before=Decimal(value["period_before"]),
            period_after=Decimal(value["period_after"]),
            period_was=value["period_was"],
            period=value["period"],
            charged_on=_date(value["charged_on"]),
            refundable_until=datetime.fromisoformat(until) if until else None,
            impossible_until=_date(value["impossible_until"]),
            deletes_schedule=Scheduled.from_json(dropped) if dropped else None,
            ends_on=date.fromisoformat(value["ends_on"]),
            changes_nothing=value["changes_nothing"],
            notes=tuple(Note(each["code"], each["params"]) for each in value["notes"]),
        )


def _text(value: date | datetime | None) -> str | None:
    return value.isoformat() if value else None


def _date(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None
