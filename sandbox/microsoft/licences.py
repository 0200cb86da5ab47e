"""The licences that are sold, their availabilities, and what they cost."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from typing import TYPE_CHECKING, Any

from sandbox.microsoft.addresses import rules_of
from sandbox.microsoft.data import load

if TYPE_CHECKING:
    from sandbox.world import World

# A month without commitment costs a fifth more; a year billed monthly a twentieth more (2025).
FACTORS = {
    ("P1M", "Monthly"): Decimal("1.20"),
    ("P1Y", "Monthly"): Decimal("1.05"),
    ("P1Y", "Annual"): Decimal(12),
}
PARTNER_SHARE = Decimal("0.80")  # what the provider pays of the recommended price
SYMBOLS = {"EUR": "€", "GBP": "£", "USD": "$"}
CENT = Decimal("0.01")


@dataclass(frozen=True)
class Licence:
    """One SKU of one product."""

    product: str
    sku: str
    title: str
    description: str
    part_number: str
    provisioning_id: str
    prices: dict[str, float]
    minimum: int
    maximum: int
    trial: bool
    addon_to: list[str]
    segment: str
    upgrades: list[str]

    @property
    def key(self) -> str:
        """`product:sku`."""
        return f"{self.product}:{self.sku}"

    def plans(self) -> list[tuple[str, str]]:
        """The terms and billing cycles it is sold in."""
        return [("P1M", "Monthly")] if self.trial else list(FACTORS)

    def terms(self) -> list[str]:
        """The terms, each of which has an availability of its own."""
        return list(dict.fromkeys(term for term, _ in self.plans()))

    def availability(self, term: str) -> str:
        """The availability id of a term."""
        digest = hashlib.sha256(f"{self.key}:{term}".encode()).hexdigest().upper()
        return f"CFQ7TTC0{digest[:4]}"


@cache
def all_licences() -> tuple[Licence, ...]:
    """Every licence."""
    return tuple(Licence(**row) for row in load("licences"))


@cache
def by_key() -> dict[str, Licence]:
    """Every licence by `product:sku`."""
    return {licence.key: licence for licence in all_licences()}


def by_catalog_item(item_id: str) -> tuple[Licence, str] | None:
    """The licence and the term that a catalogue item (`product:sku:availability`) means."""
    key, _, availability = item_id.rpartition(":")
    licence = by_key().get(key)
    if not licence:
        return None
    found = next((t for t in licence.terms() if licence.availability(t) == availability), None)
    return (licence, found) if found else None


def currency_of(country: str) -> str:
    """The currency in which a country is sold to."""
    return str((rules_of(country) or {"currency": "EUR"})["currency"])


@dataclass(frozen=True)
class Price:
    """One seat for one charge: what the provider pays, and the recommended price."""

    unit: Decimal
    recommended: Decimal


def price_of(world: World, licence: Licence, term: str, cycle: str, currency: str) -> Price:
    """The price of today; `PUT /_sandbox/prices` may have changed it."""
    changed: Any = world.table("prices").get(licence.key, {}).get("factor", 1)
    month = Decimal(str(licence.prices[currency])) * Decimal(str(changed))
    recommended = _cents(month * FACTORS[term, cycle])
    return Price(unit=_cents(recommended * PARTNER_SHARE), recommended=recommended)


def _cents(amount: Decimal) -> Decimal:
    return amount.quantize(CENT, ROUND_HALF_UP)
