"""What one may wish of a subscription, as values with a stable JSON."""

from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

from subscriptions.rules.contract import Scheduled


@dataclass(frozen=True, kw_only=True)
class Change:
    """A wish; `kind` names it in JSON."""

    kind: ClassVar[str]

    def to_json(self) -> dict[str, Any]:
        """As JSON: `kind` and the members, money and dates as text."""
        members = {each.name: _plain(getattr(self, each.name)) for each in fields(self)}
        return {"kind": self.kind, **members}


@dataclass(frozen=True, kw_only=True)
class SetSeats(Change):
    """Another total number of seats, at once."""

    kind = "set_seats"
    quantity: int


@dataclass(frozen=True, kw_only=True)
class Cancel(Change):
    """End it at once, with all seats."""

    kind = "cancel"


@dataclass(frozen=True, kw_only=True)
class Suspend(Change):
    """Stop its services; the bill goes on."""

    kind = "suspend"


@dataclass(frozen=True, kw_only=True)
class Reactivate(Change):
    """Give the services of a suspended one back."""

    kind = "reactivate"


@dataclass(frozen=True, kw_only=True)
class Rename(Change):
    """Another friendly name."""

    kind = "rename"
    name: str


@dataclass(frozen=True, kw_only=True)
class ChooseEnd(Change):
    """What happens when the term ends: `renew`, `cancel` or `extend`."""

    kind = "choose_end"
    choice: str


@dataclass(frozen=True, kw_only=True)
class ScheduleAtRenewal(Change):
    """Other seats, licence or plan from the renewal on; None and empty: as it is."""

    kind = "schedule_at_renewal"
    quantity: int | None = None
    product: str = ""
    """`product:sku`."""
    term: str = ""
    billing_cycle: str = ""
    unit_price: Decimal | None = None
    """Of one seat per charge cycle of the new plan."""
    ends_on: date | None = None

    @property
    def scheduled(self) -> Scheduled:
        """The same, as a subscription keeps it."""
        return Scheduled(**{each.name: getattr(self, each.name) for each in fields(self)})


@dataclass(frozen=True, kw_only=True)
class ClearSchedule(Change):
    """Renew as it is."""

    kind = "clear_schedule"


@dataclass(frozen=True, kw_only=True)
class ConvertTrial(Change):
    """Pay for a trial from today on."""

    kind = "convert_trial"
    quantity: int
    term: str
    billing_cycle: str
    unit_price: Decimal


@dataclass(frozen=True, kw_only=True)
class ChangePlan(Change):
    """A longer term, or another billing of the same term, from today on."""

    kind = "change_plan"
    term: str
    billing_cycle: str
    unit_price: Decimal


@dataclass(frozen=True, kw_only=True)
class Upgrade(Change):
    """Some or all seats become seats of another licence, today."""

    kind = "upgrade"
    product: str
    """`product:sku` of the target."""
    quantity: int
    unit_price: Decimal
    """Of one seat of the target per charge cycle."""
    term: str = ""
    """Empty: as the source."""
    billing_cycle: str = ""
    into: str = ""
    """Microsoft's id of the subscription that receives the seats; empty: a new one."""


KINDS: dict[str, type[Change]] = {
    each.kind: each
    for each in (
        SetSeats,
        Cancel,
        Suspend,
        Reactivate,
        Rename,
        ChooseEnd,
        ScheduleAtRenewal,
        ClearSchedule,
        ConvertTrial,
        ChangePlan,
        Upgrade,
    )
}


def from_json(value: dict[str, Any]) -> Change:
    """The wish that `to_json` wrote.

    Raises:
        ValueError: unknown kind, or members that the kind does not have or lacks.
    """
    kind = KINDS.get(str(value.get("kind")))
    if kind is None:
        raise ValueError(f"unknown change {value.get('kind')!r}")
    members = {name: _read(name, each) for name, each in value.items() if name != "kind"}
    try:
        return kind(**members)
    except TypeError as error:
        raise ValueError(str(error)) from error


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return str(value)
    return value.isoformat() if isinstance(value, date) else value


def _read(name: str, value: Any) -> Any:
    """Values by the name of their member, so that types cannot be confused."""
    if value is None:
        return None
    if name == "unit_price":
        return _price(value)
    if name == "ends_on":
        return date.fromisoformat(value) if isinstance(value, str) else _wrong(name)
    if name == "quantity":
        return value if isinstance(value, int) and not isinstance(value, bool) else _wrong(name)
    return value if isinstance(value, str) else _wrong(name)


def _price(value: Any) -> Decimal:
    try:
        return Decimal(value) if isinstance(value, str) else _wrong("unit_price")
    except ArithmeticError as error:
        raise ValueError("unit_price") from error


def _wrong(name: str) -> Any:
    raise ValueError(f"{name} has another type")
