"""What seats cost at a moment: list prices, and how the control API has changed them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from sandbox.microsoft.licences import FACTORS, Licence, by_key
from sandbox.microsoft.promotions import discount
from sandbox.microsoft.times import read

if TYPE_CHECKING:
    from sandbox.table import Item
    from sandbox.world import World

PARTNER_SHARE = Decimal("0.80")  # what the provider pays of the recommended price
CENT = Decimal("0.01")
MONTHLY = ("P1M", "Monthly")
# Month by month after the term: dearer still where no monthly plan is sold.
EXTENDED, EXTENDED_WITHOUT_MONTHLY = Decimal("1.03"), Decimal("1.23")


@dataclass(frozen=True)
class Price:
    """One seat for one charge: what the provider pays, and the recommended price."""

    unit: Decimal
    recommended: Decimal


@dataclass(frozen=True)
class PriceList:
    """The prices of all times; `changes`: per `product:sku` its factors, each from a moment on."""

    changes: Mapping[str, Item]

    def price(self, licence: Licence, term: str, cycle: str, currency: str, at: datetime) -> Price:
        """The price of one plan at a moment."""
        month = Decimal(str(licence.prices[currency])) * self._factor(licence.key, at)
        recommended = _cents(month * FACTORS[term, cycle])
        return Price(unit=_cents(recommended * PARTNER_SHARE), recommended=recommended)

    def unit(self, found: Item, at: datetime) -> str:
        """What a seat of a subscription costs for one charge, with its promotion."""
        cycle = str(found["cycle"]).title()
        price = self.price(by_key()[found["key"]], found["term"], cycle, found["currency"], at)
        return str(_cents(price.unit * (1 - discount(found["promotion"]))))

    def extended(self, found: Item, at: datetime) -> str:
        """What a seat costs for a month after the term, without a new one."""
        licence, currency = by_key()[found["key"]], found["currency"]
        if MONTHLY in licence.plans():
            unit = self.price(licence, *MONTHLY, currency, at).unit * EXTENDED
        else:
            unit = self.price(licence, "P1Y", "Monthly", currency, at).unit
            unit *= EXTENDED_WITHOUT_MONTHLY
        return str(_cents(unit))

    def moments(self, key: str) -> list[datetime]:
        """When the price of a licence changes."""
        return sorted(read(each["from"]) for each in self.changes.get(key, {}).get("factors", []))

    def _factor(self, key: str, at: datetime) -> Decimal:
        factors = self.changes.get(key, {}).get("factors", [])
        past = [each for each in factors if read(each["from"]) <= at]
        latest = max(past, key=lambda each: read(each["from"]), default={"factor": 1})
        return Decimal(str(latest["factor"]))


def price_list(world: World) -> PriceList:
    """The prices of this world."""
    return PriceList(dict(world.table("prices")))


def _cents(amount: Decimal) -> Decimal:
    return amount.quantize(CENT, ROUND_HALF_UP)
