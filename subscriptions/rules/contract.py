"""All that the rules need to know of one subscription."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, Final, Self

from subscriptions.rules.money import cut
from subscriptions.rules.terms import CYCLE_MONTHS, Period, add_months, cycles
from subscriptions.rules.windows import FULL, WINDOW, Batch

RENEW, STOP, EXTEND = "renew", "cancel", "extend"
MAX_UPDATES: Final = 1200
"""About so many changes of one subscription, then Microsoft answers 900311."""


def midnight(day: date) -> datetime:
    """The first moment of a contract's day, UTC."""
    return datetime.combine(day, time(), UTC)


@dataclass(frozen=True, kw_only=True)
class Scheduled:
    """What changes at the renewal; None and empty: stays as it is."""

    quantity: int | None = None
    product: str = ""
    """`product:sku`."""
    term: str = ""
    billing_cycle: str = ""
    unit_price: Decimal | None = None
    ends_on: date | None = None
    """A custom last day of the new term."""

    @property
    def is_other_plan(self) -> bool:
        """Whether the price of the present plan says nothing about it."""
        return bool(self.product or self.term or self.billing_cycle)

    def to_json(self) -> dict[str, Any]:
        """As JSON; money is text."""
        return {
            "quantity": self.quantity,
            "product": self.product,
            "term": self.term,
            "billing_cycle": self.billing_cycle,
            "unit_price": None if self.unit_price is None else str(self.unit_price),
            "ends_on": self.ends_on and self.ends_on.isoformat(),
        }

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> Self:
        """What `to_json` wrote; members left out stay as they are."""
        price, ends_on = value.get("unit_price"), value.get("ends_on")
        return cls(
            quantity=value.get("quantity"),
            product=value.get("product") or "",
            term=value.get("term") or "",
            billing_cycle=value.get("billing_cycle") or "",
            unit_price=None if price is None else Decimal(price),
            ends_on=date.fromisoformat(ends_on) if ends_on else None,
        )


@dataclass(frozen=True, kw_only=True)
class Contract:
    """One subscription as Microsoft last showed it. Dates are UTC dates, ends are inclusive."""

    status: str
    """active, suspended, deleted, expired, disabled, pending, and whatever comes."""
    quantity: int
    term: str
    """P1M, P1Y, P3Y."""
    billing_cycle: str
    """Microsoft's word in any case: monthly, annual, triennial."""
    unit_price: Decimal
    """Of one seat per charge cycle, fixed for the term."""
    currency: str
    started_on: date
    """First day of the term."""
    ends_on: date
    """Last day of the term."""
    minimum: int = 1
    maximum: int | None = None
    batches: tuple[Batch, ...] = ()
    cancellable_until: datetime | None = None
    paid_beside: Decimal = Decimal(0)
    """Paid in this term beyond what its seats cost by today's billing: it was billed otherwise."""
    full_refund_until: datetime | None = None
    """Where Microsoft shows it; else 24 hours from the start of the window."""
    cycle_ends_on: date | None = None
    """Last day of the charge cycle, where Microsoft shows it."""
    auto_renew: bool = True
    end_choice: str = ""
    """renew, cancel or extend; empty: nobody chose."""
    scheduled: Scheduled | None = None
    is_trial: bool = False
    is_extended: bool = False
    """Goes on month by month after its term."""
    price_next: Decimal | None = None
    """Of one seat per charge cycle from the renewal on; None: not known."""
    renewal_term: str = ""
    """Of the term after this one, where Microsoft shows it; empty: the same."""
    monthly_price: Decimal | None = None
    """Of one seat in the product's monthly term; None: it has none."""
    yearly_by_month: Decimal | None = None
    """Of one seat per month of the product's yearly term; None: not known."""
    addons: tuple[str, ...] = ()
    """Names of the add-ons that go on when this one is cancelled."""
    base_quantity: int | None = None
    """Seats of the base, of an add-on."""
    updates: int = 0
    name: str = ""
    product: str = ""
    """`product:sku`."""

    @property
    def renews_on(self) -> date:
        """The day after the term's last."""
        return self.ends_on + timedelta(days=1)

    @property
    def cycle_amount(self) -> Decimal:
        """What all seats cost per charge cycle; a trial costs nothing."""
        return cut(Decimal(0) if self.is_trial else self.unit_price * self.quantity)

    @property
    def cycle_months(self) -> int | None:
        """The months of a charge cycle, if its rhythm is known."""
        return CYCLE_MONTHS.get(self.billing_cycle.lower())

    @property
    def refunded_in_full_until(self) -> datetime | None:
        """Until when a cancellation costs nothing at all."""
        if self.full_refund_until or not self.cancellable_until:
            return self.full_refund_until
        return self.cancellable_until - WINDOW + FULL

    def cycle(self, day: date) -> Period:
        """The charge cycle around a day of the term; Microsoft's end of it counts, if shown."""
        known = (each for each in self.cycles() if day in each)
        own = next(known, Period(min(day, self.started_on), max(day, self.ends_on)))
        shown, count = self.cycle_ends_on, self.cycle_months
        if not shown or not count or shown < day or shown == own.end:
            return own
        start = add_months(shown + timedelta(days=1), -count)
        return Period(min(max(start, self.started_on), day), shown)

    def cycles(self) -> list[Period]:
        """The charge cycles of the term; one, if its length is of no known kind."""
        try:
            return cycles(self.started_on, self.term, self.billing_cycle, self.ends_on)
        except ValueError:
            return [Period(self.started_on, self.ends_on)]
