"""The only door to orders for a person or a token."""

from django.db.models import CharField, Exists, OuterRef, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.http import Http404

from accounts.access import Actor
from accounts.models import Role
from journal.models import OPEN, Operation
from orders.models import APPROVAL, Approval, Draft, Order, Upload


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


def drafts_of(actor: Actor) -> QuerySet[Draft]:
    """What just this person has begun in this account."""
    rows = Draft.objects.filter(actor.reach.within("tenant"), user=actor.user)
    return rows.filter(account=actor.account).select_related("tenant")


def waiting_for_approval(actor: Actor) -> QuerySet[Order]:
    """Orders that wait for an owner's word, the oldest first."""
    journey = Concat(Value("order:"), Cast(OuterRef("pk"), CharField()))
    steps = Operation.objects.filter(journey=journey, kind=APPROVAL, state__in=OPEN)
    waiting = orders_of(actor).filter(Exists(steps), approval=Approval.WAITING)
    return waiting.order_by("pk")


def uploads_of(actor: Actor) -> QuerySet[Upload]:
    """Files of several customers of the account."""
    return Upload.objects.filter(account=actor.account).select_related("user", "account")


def upload_for(actor: Actor, pk: int) -> Upload:
    """A file of the account, for one who may order new services. Raises Http404,
    PermissionDenied."""
    upload = uploads_of(actor).filter(pk=pk).first()
    if upload is None:
        raise Http404
    actor.need(Role.MANAGER)
    actor.need_all()
    return upload
