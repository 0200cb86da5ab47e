"""The licences that are sold, their availabilities, and what they cost."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

from sandbox.microsoft.addresses import rules_of
from sandbox.microsoft.data import load

if TYPE_CHECKING:
    from sandbox.world import World

# Of the list price of a month: a month without commitment costs a fifth more; a longer term
# billed monthly a twentieth more (2025).
FACTORS = {
    ("P1M", "Monthly"): Decimal("1.20"),
    ("P1Y", "Monthly"): Decimal("1.05"),
    ("P1Y", "Annual"): Decimal(12),
    ("P3Y", "Monthly"): Decimal("1.05"),
    ("P3Y", "Annual"): Decimal(12),
    ("P3Y", "Triennial"): Decimal(36),
}
SYMBOLS = {"EUR": "€", "GBP": "£", "USD": "$"}


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
    sold_terms: list[str]

    @property
    def key(self) -> str:
        """`product:sku`."""
        return f"{self.product}:{self.sku}"

    def plans(self) -> list[tuple[str, str]]:
        """The terms and billing cycles it is sold in."""
        return [plan for plan in FACTORS if plan[0] in self.sold_terms]

    def terms(self) -> list[str]:
        """The terms, each of which has an availability of its own."""
        return list(dict.fromkeys(term for term, _ in self.plans()))

    def availability(self, term: str, generation: int = 0) -> str:
        """The availability id of a term, which changes with each generation."""
        turned = f":{generation}" if generation else ""
        digest = hashlib.sha256(f"{self.key}:{term}{turned}".encode()).hexdigest().upper()
        return f"CFQ7TTC0{digest[:4]}"


@cache
def all_licences() -> tuple[Licence, ...]:
    """Every licence."""
    return tuple(Licence(**row) for row in load("licences"))


@cache
def by_key() -> dict[str, Licence]:
    """Every licence by `product:sku`."""
    return {licence.key: licence for licence in all_licences()}


def generation(world: World) -> int:
    """How often the availability ids have changed."""
    return int(world.table("settings").get("availabilities", {"generation": 0})["generation"])


def by_catalog_item(world: World, item_id: str) -> tuple[Licence, str] | None:
    """The licence and the term that a catalogue item (`product:sku:availability`) means today."""
    key, _, availability = item_id.rpartition(":")
    licence, turn = by_key().get(key), generation(world)
    if not licence:
        return None
    terms = licence.terms()
    found = next((term for term in terms if licence.availability(term, turn) == availability), None)
    return (licence, found) if found else None


def currency_of(country: str) -> str:
    """The currency in which a country is sold to."""
    return str((rules_of(country) or {"currency": "EUR"})["currency"])
