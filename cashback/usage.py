"""From the rows of counted seats to what the rules read: every day of a month, carried forward."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import groupby

from accounts.models import PartnerId
from cashback.models import SeatCount
from cashback.rules import Day, Usage


def next_month(month: date) -> date:
    return (month + timedelta(days=32)).replace(day=1)


def usages_of(partner: PartnerId, month: date, until: date) -> dict[str, list[Usage]]:
    """By currency; the days of `month` up to and including `until`."""
    last = min(until, next_month(month) - timedelta(days=1))
    found: dict[str, list[Usage]] = defaultdict(list)
    for _key, rows in groupby(_rows(partner, month, last), key=lambda row: row.subscription_id):
        for usage in _usages(list(rows), partner, month, last):
            if usage.peak.seats:
                found[usage.currency].append(usage)
    return dict(found)


def _rows(partner: PartnerId, month: date, last: date) -> list[SeatCount]:
    """All that is known of subscriptions that were ever its own; also under other MPN IDs."""
    own = SeatCount.objects.filter(partner_id=partner, day__lte=last)
    rows = SeatCount.objects.filter(subscription__in=own.values("subscription"))
    found = [*rows.latest_before(month), *rows.filter(day__gte=month, day__lte=last)]
    return sorted(found, key=lambda row: (row.subscription_id, row.day))


def _usages(rows: list[SeatCount], partner: PartnerId, month: date, last: date) -> Iterator[Usage]:
    """One for each scope in which the subscription stood; mostly there is one."""
    days: dict[tuple[str, str, str, str], list[Day]] = defaultdict(list)
    for row, after in zip(rows, [*rows[1:], None], strict=True):
        if row.partner_id_id != partner.pk:
            continue
        scope = (row.product_id, row.segment, row.country, row.currency)
        day = max(row.day, month)
        end = after.day if after else last + timedelta(days=1)
        while day < end:
            days[scope].append(Day(day, row.seats, row.unit_price, row.billing_cycle))
            day += timedelta(days=1)
    for (product_id, segment, country, currency), counted in days.items():
        yield Usage(rows[0].subscription_id, product_id, segment, country, currency, counted)
