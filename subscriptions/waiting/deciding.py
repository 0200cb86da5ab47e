"""An owner's yes or no; the rules are judged again, by what Microsoft shows and prices by now."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.access import Actor
from accounts.models import Role
from common.refusals import Impossible
from journal import services as journal
from journal.models import Operation
from subscriptions import services, wishes
from subscriptions.models import Subscription
from subscriptions.rules import Preview
from subscriptions.waiting.asked import APPROVED, REFUSED, TAKEN_BACK, WaitingChange
from subscriptions.waiting.ending import end
from subscriptions.waiting.telling import record, tell_asker


def preview_of(waiting: WaitingChange, subscription: Subscription) -> Preview:
    """What it would do today. Raises Impossible when it has become so."""
    wish = wishes.anew(subscription, waiting.change)
    return services.preview(subscription=subscription, change=wish)


@transaction.atomic
def approve(
    *, waiting: WaitingChange, actor: Actor, reason: str = "", seen: services.Seen | None = None
) -> Operation:
    """The change is made, in the name of the one who asked.

    `seen`: the money that the owner has seen; without it no more than was asked for. Raises
    PermissionDenied, Impossible, MoneyMoved.
    """
    actor.need(Role.OWNER)
    subscription = _locked(waiting)
    today = preview_of(waiting, subscription)
    if seen is None and is_dearer(today, waiting):
        raise services.MoneyMoved(today)
    operation = services.change(
        subscription=subscription,
        change=today.change,
        seen=seen,
        keep_schedule=waiting.step.params["keep_schedule"],
        by=waiting.by,
        approved=waiting.step,
    )
    if operation is None:
        raise Impossible(_("It is so already: nothing changes."), code="changes_nothing")
    reason = reason.strip()[:500]
    facts = {"preview": today.to_dict(), "reason": reason}
    record(subscription, waiting, APPROVED, actor.by, **facts)
    tell_asker(subscription, waiting, APPROVED, actor.by, reason)
    journal.retry(operation=waiting.step, by=actor.by)
    journal.hurry(subjects=[waiting.step.subject])
    return operation


@transaction.atomic
def refuse(*, waiting: WaitingChange, actor: Actor, reason: str) -> None:
    """Nothing is changed. Raises PermissionDenied, Impossible."""
    actor.need(Role.OWNER)
    if not reason.strip():
        raise Impossible(_("Say why: the person who asked reads it."), field="reason")
    _end(waiting, actor, REFUSED, reason.strip()[:500])


@transaction.atomic
def take_back(*, waiting: WaitingChange, actor: Actor) -> None:
    """By the person who asked. Raises PermissionDenied, Impossible."""
    actor.need(Role.MANAGER)
    if actor.by.user_id != waiting.by.user_id:
        text = _("Only the person who asked can take it back; an owner can refuse it.")
        raise Impossible(text, code="not_yours")
    _end(waiting, actor, TAKEN_BACK)


def is_dearer(today: Preview, waiting: WaitingChange) -> bool:
    """It costs more by now than was asked for, at once or per period."""
    asked = waiting.preview
    return today.amount_now > asked.amount_now or today.period_after > asked.period_after


def _end(waiting: WaitingChange, actor: Actor, kind: str, reason: str = "") -> None:
    row = _locked(waiting)
    if not end(waiting=waiting, subscription=row, kind=kind, by=actor.by, reason=reason):
        raise Impossible(_("It is being worked on. Try again in a moment."))


def _locked(waiting: WaitingChange) -> Subscription:
    """The subscription of a change that nobody has decided, held until the end."""
    rows = Subscription.objects.select_for_update(of=["self"])
    subscription = rows.select_related("tenant__account").get(pk=waiting.subscription_id)
    waiting.step.refresh_from_db()
    if not waiting.is_undecided:
        raise Impossible(_("This change does not wait for an approval."), code="not_waiting")
    return subscription
