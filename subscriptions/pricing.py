"""The reseller's price of a seat, from Microsoft's and the provider's margin rules.

Pure: no Django, no clock. Money is Decimal, per seat and billing period.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from typing import Final

CENT: Final = Decimal("0.01")
MONTHS: Final = {"Monthly": 1, "Annual": 12, "Triennial": 36}


@dataclass(frozen=True, kw_only=True)
class Rule:
    """A margin. `segment` and `licence` (`product:sku`) empty: any."""

    licence: str = ""
    segment: str = ""
    is_for_one_reseller: bool = False
    is_on_retail: bool = False
    is_fixed: bool = False
    value: Decimal
    """Per cent of the basis or, when fixed, an amount per seat and month; negative: taken off."""
    floor: Decimal | None = None
    """The price is at least this per cent of the unit cost, whatever else is said."""
    cap: Decimal | None = None
    """The price is at most this per cent of the retail price."""
    rank: int = 0
    """Between equally specific rules the higher one counts: the newer."""

    def covers(self, licence: str, segment: str) -> bool:
        """Whether it speaks of this licence in this segment."""
        return self.licence.upper() in ("", licence.upper()) and self.segment in ("", segment)

    @property
    def precedence(self) -> tuple[bool, bool, bool, int]:
        """One reseller's rule beats one for all, then a licence's, then a segment's."""
        return self.is_for_one_reseller, bool(self.licence), bool(self.segment), self.rank


def chosen(rules: Iterable[Rule], *, licence: str, segment: str) -> Rule | None:
    """The most specific rule that covers a licence."""
    covering = (rule for rule in rules if rule.covers(licence, segment))
    return max(covering, key=lambda rule: rule.precedence, default=None)


def resale(*, cost: Decimal, retail: Decimal, billing_cycle: str, rule: Rule | None) -> Decimal:
    """What the reseller pays for one seat and billing period.

    Without a rule it is the cost itself, and so where the rule needs a retail price that Microsoft
    does not name. What Microsoft gives for nothing (trials) stays free.
    """
    if rule is None or not (retail if rule.is_on_retail else cost):
        return cost
    basis = retail if rule.is_on_retail else cost
    months = MONTHS.get(billing_cycle, 1)
    added = rule.value * months if rule.is_fixed else basis * rule.value / 100
    price = (basis + added).quantize(CENT, ROUND_HALF_UP)
    if rule.cap is not None and retail:
        price = min(price, (retail * rule.cap / 100).quantize(CENT, ROUND_FLOOR))
    if rule.floor is not None:
        price = max(price, (cost * rule.floor / 100).quantize(CENT, ROUND_CEILING))
    return max(price, Decimal(0))
