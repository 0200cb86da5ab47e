"""What has happened to orders, for the journal."""

from journal import services as journal
from journal.people import By
from orders.models import Order


def record(order: Order, kind: str, by: By, **data: str) -> None:
    """Write an event of this order."""
    journal.record(
        kind=kind,
        account_id=order.account_id,
        subject=order.key,
        listed_under=order.tenant.key,
        data=data,
        by=by,
    )
