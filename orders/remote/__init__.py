"""What the journal does at Microsoft for an order, and the live checks of its form."""

from journal.work import Work
from orders.models import Order


def order_of(work: Work) -> Order:
    """The order an operation is about."""
    rows = Order.objects.select_related("tenant__account", "tenant__partner_id", "account")
    return rows.get(pk=work.params["order"])
