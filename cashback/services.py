"""Use cases of the cashback: count seats every day, compute the month, close it when it is over."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db import transaction
from django.db.models import Max, Min, Sum
from django.utils.translation import gettext as _

from accounts.models import PartnerId
from cashback import rules
from cashback.models import Line, Rule, SeatCount, Statement
from cashback.usage import next_month, usages_of
from common.clock import microsoft_now
from common.refusals import Impossible
from journal import services as journal
from journal.models import Operation
from journal.people import PORTAL, By
from subscriptions.models import Status, Subscription

COUNT, COMPUTE = "cashback.count", "cashback.compute"
CORRECTED_MONTHS = 3
"""So many closed months are computed again, and what differs is paid in the open one."""


@transaction.atomic
def plan_count() -> Operation:
    """Count today's seats, once, by Microsoft's clock."""
    today = microsoft_now().date()
    return journal.ask(
        kind=COUNT, account_id=None, subject="cashback", once=f"{COUNT}:{today}", by=PORTAL
    )


@transaction.atomic
def count_seats(*, day: date) -> int:
    """Write down what differs from what was last counted; returns how many rows."""
    known = {row.subscription_id: row for row in SeatCount.objects.latest_before(_after(day))}
    partners = {
        (account, mpn_id): pk
        for pk, account, mpn_id in PartnerId.objects.values_list("pk", "account", "mpn_id")
    }
    rows = Subscription.objects.exclude(status=Status.PENDING)
    rows = rows.select_related("licence", "tenant__account")
    new = [_count(row, day, partners) for row in rows.iterator(2000)]
    changed = [row for row in new if _is_news(row, known.get(row.subscription_id))]
    SeatCount.objects.bulk_create(changed, batch_size=2000)
    return len(changed)


@transaction.atomic
def correct_seats(*, subscription: Subscription, day: date, seats: int, by: By) -> SeatCount:
    """Staff sets right what was counted from `day` until the next row. A closed month keeps its
    figures: the difference is paid in the open one.

    Raises Impossible where nothing was counted before, or for a day to come.
    """
    if day > microsoft_now().date():
        raise Impossible(_("This day is still to come."), field="day")
    rows = SeatCount.objects.filter(subscription=subscription)
    before = rows.filter(day__lte=day).order_by("-day").first() or rows.first()
    if before is None:
        raise Impossible(_("The seats of this subscription were never counted."), field="day")
    values = {name.attname: getattr(before, name.attname) for name in SeatCount._meta.fields[1:]}
    values |= {"day": day, "seats": seats, "corrected_by": by.label}
    row, _new = SeatCount.objects.update_or_create(
        subscription=subscription, day=day, defaults=values
    )
    journal.record(
        kind="cashback.corrected",
        account_id=subscription.tenant.account_id,
        subject=subscription.key,
        listed_under=subscription.tenant.key,
        data={"day": day.isoformat(), "before": before.seats, "after": seats},
        by=by,
    )
    if row.partner_id is not None:
        ask_to_compute(partner_id=row.partner_id, by=by)
    return row


@transaction.atomic
def rules_changed(*, rule: Rule, is_new: bool, by: By) -> None:
    """Staff has added or changed a rule: open months follow."""
    journal.record(
        kind="cashback.rule_added" if is_new else "cashback.rule_changed",
        account_id=None,
        subject=f"cashback-rule:{rule.pk}",
        data={
            "name": rule.name,
            "rate": str(rule.rate),
            "cap": None if rule.cap is None else str(rule.cap),
            "first_month": rule.first_month.isoformat(),
            "last_month": rule.last_month.isoformat() if rule.last_month else None,
        },
        by=by,
    )
    ask_to_compute_all(by=by)


def ask_to_compute_all(*, by: By = PORTAL) -> int:
    """Bring every statement up to date; returns how many MPN IDs that is."""
    partners = PartnerId.objects.filter(seat_counts__isnull=False).distinct()
    return len([ask_to_compute(partner_id=partner, by=by) for partner in partners])


def ask_to_compute(*, partner_id: PartnerId, by: By) -> Operation:
    """Compute the statements of one MPN ID anew."""
    return journal.ask(
        kind=COMPUTE,
        account_id=partner_id.account_id,
        subject=f"cashback:{partner_id.pk}",
        params={"partner_id": partner_id.pk},
        by=by,
    )


@transaction.atomic
def bring_up_to_date(*, partner_id: PartnerId, at: datetime) -> None:
    """Compute every month that is not closed, and close those that are over."""
    for month in _open_months(partner_id, at.date()):
        statements = _compute(partner_id, month, at)
        if next_month(month) <= at.date():
            _freeze(partner_id, statements, at)


def _compute(partner: PartnerId, month: date, at: datetime) -> list[Statement]:
    """The statements of one month, written anew."""
    found = usages_of(partner, month, at.date())
    corrections = _corrections(partner, month)
    currencies = sorted({partner.account.currency, *found, *corrections})
    all_rules = [rule.as_rule() for rule in Rule.objects.all()]
    statements = []
    for currency in currencies:
        own = rules.month_of(all_rules, found.get(currency, []), month)
        statement, _new = Statement.objects.update_or_create(
            partner_id=partner, month=month, currency=currency, defaults={"computed_at": at}
        )
        statement.lines.all().delete()
        lines = [_line(line) for line in own]
        lines += [Line(corrects=day, amount=sum_) for day, sum_ in corrections.get(currency, [])]
        for number, line in enumerate(lines, start=1):
            line.statement, line.number = statement, number
        Line.objects.bulk_create(lines, batch_size=2000)
        statement.total = sum((line.amount for line in lines), Decimal("0.00"))
        statement.save(update_fields=["total"])
        statements.append(statement)
    return statements


def _corrections(partner: PartnerId, month: date) -> dict[str, list[tuple[date, Decimal]]]:
    """By currency: closed months that would come out differently now, and by how much."""
    all_rules = [rule.as_rule() for rule in Rule.objects.all()]
    found: dict[str, list[tuple[date, Decimal]]] = {}
    for closed in _closed_months(partner, month):
        usages = usages_of(partner, closed, next_month(closed))
        lines = Line.objects.filter(statement__partner_id=partner, statement__month__lt=month)
        for currency in {*usages, *_currencies(partner, closed)}:
            mine = lines.filter(statement__currency=currency)
            paid = _sum(mine.filter(statement__month=closed, corrects=None))
            paid += _sum(mine.filter(corrects=closed))
            right = rules.total(rules.month_of(all_rules, usages.get(currency, []), closed))
            if right != paid:
                found.setdefault(currency, []).append((closed, right - paid))
    return found


def _freeze(partner: PartnerId, statements: list[Statement], at: datetime) -> None:
    for statement in statements:
        mine = Statement.objects.filter(pk=statement.pk, frozen_at=None)
        if mine.update(frozen_at=at):
            journal.record(
                kind="cashback.closed",
                account_id=partner.account_id,
                subject=f"cashback:{partner.pk}",
                data={
                    "month": f"{statement.month:%Y-%m}",
                    "total": str(statement.total),
                    "currency": statement.currency,
                },
            )


def _open_months(partner: PartnerId, today: date) -> Iterator[date]:
    """From the month after the last closed one, or from the first seats, to the present."""
    closed = Statement.objects.filter(partner_id=partner).exclude(frozen_at=None)
    last: date | None = closed.aggregate(last=Max("month"))["last"]
    if last is not None:
        month = next_month(last)
    else:
        first = SeatCount.objects.filter(partner_id=partner).aggregate(first=Min("day"))["first"]
        month = (first or _after(today)).replace(day=1)
    while month <= today:
        yield month
        month = next_month(month)


def _closed_months(partner: PartnerId, month: date) -> list[date]:
    rows = Statement.objects.filter(partner_id=partner, month__lt=month).exclude(frozen_at=None)
    months = rows.order_by("-month").values_list("month", flat=True).distinct()
    return sorted(months[:CORRECTED_MONTHS])


def _currencies(partner: PartnerId, month: date) -> set[str]:
    rows = Statement.objects.filter(partner_id=partner, month=month)
    return set(rows.values_list("currency", flat=True))


def _sum(lines: object) -> Decimal:
    total: Decimal | None = lines.aggregate(total=Sum("amount"))["total"]  # type: ignore[attr-defined]
    return total or Decimal("0.00")


def _line(line: rules.Line) -> Line:
    peak = line.usage.peak
    return Line(
        subscription_id=line.usage.key,
        rule_id=line.rule.key if line.rule else None,
        volume=line.volume,
        peak_seats=peak.seats,
        peak_day=peak.day,
        unit_price=peak.unit_price,
        billing_cycle=peak.billing_cycle,
        base=line.base,
        amount=line.amount,
        is_capped=line.is_capped,
    )


def _count(row: Subscription, day: date, partners: dict[tuple[int, str], int]) -> SeatCount:
    licence = row.licence
    return SeatCount(
        subscription=row,
        partner_id_id=partners.get((row.tenant.account_id, row.mpn_id)),
        day=day,
        seats=row.quantity if row.status == Status.ACTIVE else 0,
        unit_price=row.unit_price,
        billing_cycle=row.billing_cycle,
        currency=row.currency,
        product_id=licence.product_id if licence else "",
        segment=licence.segment if licence else "",
        country=row.tenant.country,
    )


def _is_news(row: SeatCount, last: SeatCount | None) -> bool:
    if last is None:
        return row.seats > 0
    return last.day < row.day and not row.says_the_same(last)


def _after(day: date) -> date:
    return day + timedelta(days=1)
