"""The only door to orders for a person or a token."""

from django.db.models import QuerySet
from django.http import Http404

from accounts.access import Actor
from accounts.models import Role
from orders.models import Order


def orders_of(actor: Actor) -> QuerySet[Order]:
    rows = Order.objects.filter(actor.reach.within("tenant"), account=actor.account)
    return rows.select_related("tenant")


def order_for(actor: Actor, pk: int, *, need: Role = Role.VIEWER) -> Order:
    """The order of the actor's account. Raises Http404 for a stranger, PermissionDenied (403)
    for one whose role does not reach."""
    order = orders_of(actor).select_related("account").filter(pk=pk).first()
    if order is None:
        raise Http404
    actor.need(need)
    return order
