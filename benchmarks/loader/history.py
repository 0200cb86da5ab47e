"""What was done and what has happened: operations, events, notifications, cashback, drift."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any, TypeVar

from benchmarks.loader.people import Tables, email
from benchmarks.loader.services import tenant_of
from benchmarks.loader.size import PER_TENANT, Size, ago
from cashback.models import Line, Statement
from inbox.models import Notification
from journal.models import Attempt, Event, Operation
from subscriptions.models import HoldingChange
from sync.models import Drift

Row = TypeVar("Row", Operation, Event)
STEPS = ("order.check_partner", "order.fill_cart", "order.checkout")
TOLD = 20
"""Notifications per owner; a hundred times as many in the big account."""


def tables(size: Size) -> Tables:
    yield Operation, _numbered(_operations(size))
    yield Attempt, _attempts(size)
    yield Event, _numbered(_events(size))
    yield Notification, _notifications(size)
    yield Drift, _drifts(size)
    yield HoldingChange, _changes(size)
    yield Statement, _statements(size)
    yield Line, _lines(size)


def _numbered(rows: Iterator[Row]) -> Iterator[Row]:
    """From one on: others point to them."""
    for number, row in enumerate(rows, 1):
        row.pk = number
        yield row


def _operations(size: Size) -> Iterator[Operation]:
    """Three steps of each order, and a change of seats of every other subscription."""
    for order in range(1, 2 * size.tenants + 1):
        tenant = (order + 1) // 2
        for number, kind in enumerate(STEPS):
            facts: dict[str, Any] = {"kind": kind, "journey": f"order:{order}"}
            if number == len(STEPS) - 1:
                facts |= _ending(order)
            yield _operation(size, tenant, subject=f"order:{order}", **facts)
    for pk in range(1, size.subscriptions + 1, 2):
        kind = "subscription.change_seats"
        yield _operation(size, tenant_of(pk), subject=f"subscription:{pk}", kind=kind)


def _ending(order: int) -> dict[str, Any]:
    """One order in a hundred is stuck, one in two hundred under way."""
    if order % 100 == 11:
        text = "This licence is not available in the market of this customer."
        return {"state": "error", "next_actor": "reseller", "error_text": text}
    if order % 200 == 17:
        return {"state": "todo", "next_actor": "microsoft", "not_before": ago(-2)}
    return {}


def _operation(size: Size, tenant: int, **facts: Any) -> Operation:
    account = size.account_of(tenant)
    return Operation(
        **{
            "account_id": account,
            "listed_under": f"tenant:{tenant}",
            "params": {"tenant": tenant},
            "state": "done",
            "attempt": 1,
            "by_id": account,
            "by_label": email(account, account, "owner"),
            "started_at": ago(30),
            "finished_at": ago(30),
            **facts,
        }
    )


def _attempts(size: Size) -> Iterator[Attempt]:
    for operation in range(1, 6 * size.tenants + 1, 2):
        yield Attempt(operation_id=operation, number=1, started_at=ago(30), outcome="done")


def _events(size: Size) -> Iterator[Event]:
    for order in range(1, 2 * size.tenants + 1):
        yield _event(size, (order + 1) // 2, "order.placed", f"order:{order}", {})
    for pk in range(1, size.subscriptions + 1):
        data = {"before": {"quantity": 4}, "after": {"quantity": 5}}
        subject = f"subscription:{pk}"
        yield _event(size, tenant_of(pk), "subscription.seats_changed", subject, data)


def _event(size: Size, tenant: int, kind: str, subject: str, data: dict[str, Any]) -> Event:
    account = size.account_of(tenant)
    return Event(
        account_id=account,
        kind=kind,
        subject=subject,
        listed_under=f"tenant:{tenant}",
        data=data,
        by_id=account,
        by_label=email(account, account, "owner"),
    )


def _notifications(size: Size) -> Iterator[Notification]:
    """To each owner of the latest orders."""
    told: dict[int, int] = {}
    for order in range(2 * size.tenants, 0, -1):
        tenant = (order + 1) // 2
        account = size.account_of(tenant)
        number = told[account] = told.get(account, 0) + 1
        if number > (TOLD * 100 if account == 1 else TOLD):
            continue
        at = ago(order % 60)
        yield Notification(
            membership_id=account,
            event_id=order,
            tenant_id=tenant,
            topic="orders",
            way="portal",
            made_at=at,
            shown_at=at,
            read_at=None if order % 3 == 0 else at,
        )


def _drifts(size: Size) -> Iterator[Drift]:
    for tenant in range(1, size.tenants + 1, 50):
        yield Drift(
            tenant_id=tenant,
            subscription_id=tenant * PER_TENANT,
            name="Microsoft 365 Licence",
            field="quantity",
            ours="4",
            theirs="5",
            found_at=ago(3),
            noted_at=ago(2) if tenant % 3 else None,
        )


def _changes(size: Size) -> Iterator[HoldingChange]:
    """A year of every service, which buys more every other month."""
    for tenant in range(1, size.tenants + 1):
        for number, days in enumerate(range(360, 0, -60)):
            more = 2 if number else 100
            yield HoldingChange(
                tenant_id=tenant,
                day=ago(days + tenant % 30).date(),
                seats=more,
                per_month=Decimal(20 * more),
                currency="EUR",
            )


def _statements(size: Size) -> Iterator[Statement]:
    """Of last month."""
    month = ago(30).date().replace(day=1)
    for pk in range(1, size.accounts + 1):
        yield Statement(
            pk=pk, partner_id_id=pk, month=month, currency="EUR", total=pk, computed_at=ago(1)
        )


def _lines(size: Size) -> Iterator[Line]:
    for pk in range(1, size.subscriptions + 1):
        yield Line(
            statement_id=size.account_of(tenant_of(pk)),
            number=pk,
            subscription_id=pk,
            volume=5,
            peak_seats=5,
            peak_day=ago(20).date(),
            unit_price=Decimal(5),
            billing_cycle="Monthly",
            base=Decimal(25),
            amount=Decimal(1),
        )
