"""A reseller's own price list: Microsoft's prices with the provider's margin rules applied."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Self

from accounts.models import Account
from common.clock import microsoft_now
from subscriptions.models import Licence, MarginRule, Price
from subscriptions.models.pricing import Basis, Kind
from subscriptions.pricing import Rule, chosen, resale


@dataclass(frozen=True)
class Tariff:
    """The margin rules of one reseller on one day; read once, asked for many prices."""

    rules: tuple[Rule, ...]

    @classmethod
    def of(cls, account: Account, day: date | None = None) -> Self:
        """The rules that hold on a day (UTC); today by Microsoft's clock when none is given."""
        rows = MarginRule.objects.for_account(account, day or microsoft_now().date())
        return cls(tuple(_rule(row, n) for n, row in enumerate(rows.order_by("valid_from", "pk"))))

    @classmethod
    def among(cls, rows: Iterable[MarginRule], account: Account, day: date) -> Self:
        """The same from rules that were read before, the older first; asks no database."""
        mine = [
            row
            for row in rows
            if row.account_id in (None, account.pk)
            and row.currency in ("", account.currency)
            and row.valid_from <= day
            and (row.valid_to is None or row.valid_to >= day)
        ]
        return cls(tuple(_rule(row, n) for n, row in enumerate(mine)))

    def price(self, licence: Licence, price: Price) -> Decimal:
        """What the reseller pays for one seat and billing period."""
        return self.resale(
            licence, cost=price.amount, retail=price.retail, billing_cycle=price.billing_cycle
        )

    def resale(
        self, licence: Licence, *, cost: Decimal, retail: Decimal, billing_cycle: str
    ) -> Decimal:
        """The same, for a price that Microsoft has just named."""
        rule = chosen(self.rules, licence=licence.code, segment=licence.segment)
        return resale(cost=cost, retail=retail, billing_cycle=billing_cycle, rule=rule)


def _rule(row: MarginRule, rank: int) -> Rule:
    return Rule(
        licence=row.licence_code,
        segment=row.segment,
        is_for_one_reseller=row.account_id is not None,
        is_on_retail=row.basis == Basis.RETAIL,
        is_fixed=row.kind == Kind.FIXED,
        value=row.value,
        floor=row.floor,
        cap=row.cap,
        rank=rank,
    )
