"""Orders above an amount wait for an owner: nothing is sent before somebody says yes."""

from decimal import Decimal

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.access import Actor
from accounts.models import Role, Topic, User
from accounts.services import post_notice, tell_readers
from accounts.telling import reading
from common.refusals import Impossible
from journal import services as journal
from journal.models import OPEN, Operation
from orders.models import APPROVAL, Approval, Order
from orders.services.records import record
from subscriptions.models import Subscription


def needs_owner(actor: Actor, amount: Decimal) -> bool:
    """Whether a first charge of this amount is above what this person may order alone."""
    return actor.account.must_approve(amount) and not actor.may(Role.OWNER)


def ask_if_needed(*, order: Order, actor: Actor) -> Operation | None:
    """The step for which all others wait, and mail to the owners; None when none is needed."""
    if not needs_owner(actor, order.total):
        return None
    Order.objects.filter(pk=order.pk).update(approval=Approval.WAITING)
    order.approval = Approval.WAITING
    step = journal.ask(
        kind=APPROVAL,
        account_id=order.account_id,
        subject=order.key,
        listed_under=order.tenant.key,
        journey=order.key,
        params={"order": order.pk},
        by=actor.by,
    )
    record(order, "order.approval_asked", actor.by, total=str(order.total))
    owners = actor.account.memberships.filter(role=Role.OWNER, user__is_active=True)
    told = reading(owners, topic=Topic.APPROVALS, place=order.tenant.key)
    tell_readers(told, template="order_approval", context=_told(order))
    return step


def waiting_step(order: Order) -> Operation | None:
    """What waits for an owner's word, if something does."""
    if order.approval != Approval.WAITING:
        return None
    return order.steps().filter(kind=APPROVAL, state__in=OPEN).first()


@transaction.atomic
def approve(*, order: Order, actor: Actor, reason: str = "") -> None:
    """An owner says yes: the order goes on. Raises PermissionDenied, Impossible."""
    _decide(order, Approval.APPROVED, actor, reason)
    journal.hurry(subjects=[order.key])


@transaction.atomic
def refuse(*, order: Order, actor: Actor, reason: str) -> None:
    """An owner says no: the order ends unsent. Raises PermissionDenied, Impossible."""
    if not reason.strip():
        raise Impossible(_("Say why: the person who ordered reads it."), field="reason")
    step = _decide(order, Approval.REFUSED, actor, reason)
    if not journal.cancel(operation=step, by=actor.by):
        raise Impossible(_("The order is being worked on. Try again in a moment."))
    Subscription.objects.filter(order_line__order=order).never_bought()


def _decide(order: Order, approval: Approval, actor: Actor, reason: str) -> Operation:
    actor.need(Role.OWNER)
    step = waiting_step(order)
    reason = reason.strip()[:500]
    if step is None or not order.decide(approval, by=actor.user.email, reason=reason):
        raise Impossible(_("This order does not wait for an approval."), code="not_waiting")
    record(order, f"order.{approval.value}", actor.by, total=str(order.total), reason=reason)
    _tell_orderer(order)
    return step


def _tell_orderer(order: Order) -> None:
    person = User.objects.filter(pk=order.orderer_id or 0, is_active=True).first()
    if person is not None:
        post_notice(
            to=person.email,
            template="order_decided",
            language=person.language,
            context=_told(order),
            by=person.by,
            account_id=order.account_id,
        )


def _told(order: Order) -> dict[str, object]:
    link = f"{settings.PORTAL_URL}{order.get_absolute_url()}"
    return {"order": order, "tenant": order.tenant, "link": link}
