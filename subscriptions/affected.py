"""Who a changed margin rule touches, and by how much: read before the change is saved."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Count, Q, Sum

from accounts.models import Account
from common.clock import microsoft_now
from subscriptions.models import Licence, MarginRule, Price, Status, Subscription
from subscriptions.pricing import MONTHS
from subscriptions.tariff import Tariff

MOST_EXAMPLES = 10


@dataclass(frozen=True)
class Example:
    """One reseller's price of one licence and plan, per seat and billing period."""

    account: Account
    licence: Licence
    term: str
    billing_cycle: str
    currency: str
    subscriptions: int
    seats: int
    before: Decimal
    after: Decimal

    @property
    def monthly(self) -> tuple[Decimal, Decimal]:
        """All seats for a month, before and after."""
        share = Decimal(self.seats) / MONTHS.get(self.billing_cycle, 1)
        return self.before * share, self.after * share


@dataclass
class Sums:
    """Of one currency, per month."""

    accounts: set[int]
    subscriptions: int = 0
    seats: int = 0
    before: Decimal = Decimal(0)
    after: Decimal = Decimal(0)


@dataclass(frozen=True)
class Affected:
    day: date
    """From which the prices differ; the first of the days on which something changes."""
    price_lists: int
    """Resellers for whom the rule may count, whether they hold anything or not."""
    sums: dict[str, Sums]
    examples: list[Example]
    """The largest differences per month first."""


def affected(rule: MarginRule, before: MarginRule | None) -> Affected:
    """By today's prices of Microsoft and today's seats; a constant number of queries."""
    days = _days([rule, before] if before else [rule])
    shares = _shares([rule, before] if before else [rule])
    changes: list[Example] = []
    day = days[0]
    for day in days:
        if changes := list(_changes(day, shares, rule)):
            break
    day = day if changes else days[0]
    changes.sort(key=lambda each: -abs(each.monthly[1] - each.monthly[0]))
    accounts = Account.objects.filter(_whose([rule, before] if before else [rule]))
    return Affected(day, accounts.count(), _sums(changes), changes[:MOST_EXAMPLES])


def _days(rules: list[MarginRule]) -> list[date]:
    """Those on which the rule begins or stops to count, not before today."""
    today = microsoft_now().date()
    starts = {max(each.valid_from, today) for each in rules}
    ends = {each.valid_to + timedelta(days=1) for each in rules if each.valid_to}
    return sorted({today} | starts | {day for day in ends if day > today})


def _whose(rules: list[MarginRule]) -> Q:
    found = Q(pk__in=[])
    for rule in rules:
        one = Q(pk=rule.account_id) if rule.account_id else Q()
        found |= one & (Q(currency=rule.currency) if rule.currency else Q(pk__isnull=False))
    return found


_Share = tuple[Account, Licence, Price, int, int]


def _shares(rules: list[MarginRule]) -> list[_Share]:
    """What active, paid seats of these resellers stand on which price, with both counts."""
    rows = Subscription.objects.filter(status=Status.ACTIVE, is_trial=False).exclude(licence=None)
    rows = rows.filter(tenant__account__in=Account.objects.filter(_whose(rules)))
    plan = ("tenant__account", "licence", "term", "billing_cycle", "currency")
    groups = list(rows.values_list(*plan).annotate(Count("pk"), Sum("quantity")).order_by())
    accounts = Account.objects.in_bulk({group[0] for group in groups})
    licences = Licence.objects.in_bulk({group[1] for group in groups})
    prices = {
        (each.licence_id, each.term, each.billing_cycle, each.currency): each
        for each in Price.objects.current().filter(licence__in=licences)
    }
    return [
        (accounts[account], licences[licence], price, count, seats)
        for account, licence, *terms, count, seats in groups
        if (price := prices.get((licence, *terms)))
    ]


def _changes(day: date, shares: list[_Share], rule: MarginRule) -> Iterator[Example]:
    standing = list(MarginRule.objects.order_by("valid_from", "pk"))
    changed = [each for each in standing if each.pk != rule.pk] + [rule]
    changed.sort(key=lambda each: (each.valid_from, each.pk or float("inf")))
    tariffs: dict[int, tuple[Tariff, Tariff]] = {}
    for account, licence, price, count, seats in shares:
        if account.pk not in tariffs:
            tariffs[account.pk] = tuple(  # type: ignore[assignment]
                Tariff.among(rows, account, day) for rows in (standing, changed)
            )
        old, new = (each.price(licence, price) for each in tariffs[account.pk])
        if old != new:
            yield Example(
                account, licence, price.term, price.billing_cycle, price.currency,
                count, seats, old, new,
            )  # fmt: skip


def _sums(changes: list[Example]) -> dict[str, Sums]:
    found: dict[str, Sums] = defaultdict(lambda: Sums(set()))
    for each in changes:
        sums, (before, after) = found[each.currency], each.monthly
        sums.accounts.add(each.account.pk)
        sums.subscriptions += each.subscriptions
        sums.seats += each.seats
        sums.before += before
        sums.after += after
    return dict(sorted(found.items()))
