"""Money to the cent, and a line of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from typing import Any, Final, Self

CENT: Final = Decimal("0.01")
NOTHING: Final = Decimal("0.00")


def cut(amount: Decimal) -> Decimal:
    """An amount without what is beyond the cent: cut, not rounded, as the vendor's lines are."""
    return amount.quantize(CENT, ROUND_DOWN) + NOTHING  # + turns -0.00 into 0.00


def to_cents(amount: Decimal) -> Decimal:
    """A price to the cent, rounded half up."""
    return amount.quantize(CENT, ROUND_HALF_UP)


def total(amounts: Iterable[Decimal]) -> Decimal:
    """A sum of money to the cent."""
    return to_cents(sum(amounts, Decimal(0)))


@dataclass(frozen=True)
class Charge:
    """One line of an invoice: seats for some days of a charge cycle, negative for a credit."""

    kind: str
    """Microsoft's charge type: new, renew, cycleCharge, addQuantity, removeQuantity, ..."""
    quantity: int
    unit_price: Decimal
    """Of one seat for the whole charge cycle."""
    amount: Decimal
    starts_on: date
    ends_on: date
    """Inclusive."""

    def to_dict(self) -> dict[str, Any]:
        """As JSON; money is text."""
        return {
            "kind": self.kind,
            "quantity": self.quantity,
            "unit_price": str(self.unit_price),
            "amount": str(self.amount),
            "starts_on": self.starts_on.isoformat(),
            "ends_on": self.ends_on.isoformat(),
        }

    @classmethod
    def from_dict(cls, value: dict[str, Any]) -> Self:
        """The line that `to_dict` wrote."""
        return cls(
            kind=value["kind"],
            quantity=value["quantity"],
            unit_price=Decimal(value["unit_price"]),
            amount=Decimal(value["amount"]),
            starts_on=date.fromisoformat(value["starts_on"]),
            ends_on=date.fromisoformat(value["ends_on"]),
        )
