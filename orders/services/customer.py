"""The customer's data, when Microsoft has refused them."""

from django.db import transaction

from journal import services as journal
from journal.models import NextActor, Operation, State
from journal.people import By
from orders.models import Order
from orders.wishes import Contact
from tenants import services as tenants


@transaction.atomic
def correct_customer(*, order: Order, prefix: str, contact: Contact, by: By) -> bool:
    """Microsoft refused the customer's data: keep other ones and go on.

    False when nothing waits for that (any more). Raises Impossible when the sub-domain is taken.
    """
    step = correctable(order)
    if step is None:
        return False
    tenants.correct(
        tenant=order.tenant,
        service_name=f"{prefix}.onmicrosoft.com",
        facts={name: str(value) for name, value in vars(contact).items()},
        by=by,
    )
    return journal.retry(operation=step, by=by)


def correctable(order: Order) -> Operation | None:
    """The refused creation of the customer, if the order hangs on it."""
    refused = order.steps().filter(kind="tenant.create_customer", state=State.ERROR)
    return refused.filter(request_id=None, next_actor=NextActor.RESELLER).first()
