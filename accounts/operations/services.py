"""What people may do with an operation of their account."""

from django.utils.translation import gettext as _

from accounts.access import Actor
from common.refusals import Impossible
from journal import services as journal
from journal.models import NextActor, Operation, State


def retry(*, operation: Operation, actor: Actor) -> Operation:
    """Try again what the reseller can mend; the rest is staff's. Raises Impossible."""
    if operation.state != State.ERROR:
        raise Impossible(_("It has not failed: there is nothing to try again."), code="not_failed")
    if operation.next_actor != NextActor.RESELLER and not actor.user.is_staff:
        raise Impossible(
            _("The provider's staff has been told and will act."), code="waits_for_staff"
        )
    if not journal.retry(operation=operation, by=actor.by):
        raise Impossible(_("Somebody has already tried it again."), code="not_failed")
    return operation


def cancel(*, operation: Operation, actor: Actor) -> Operation:
    """Give it up, with all that waits for it. Raises Impossible."""
    if not journal.cancel(operation=operation, by=actor.by):
        raise Impossible(
            _("It can no longer be cancelled: it has ended, or may have reached the other side."),
            code="too_late",
        )
    return operation


def may_retry(*, operation: Operation, actor: Actor) -> bool:
    """Whether the button is shown."""
    mendable = operation.next_actor == NextActor.RESELLER or actor.user.is_staff
    return operation.state == State.ERROR and mendable


def may_cancel(*, operation: Operation) -> bool:
    """Whether the button is shown."""
    return operation.state in (State.TODO, State.ERROR) and operation.request_id is None
