"""Many tasks at once: tried again, or given up."""

from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.access import Actor
from accounts.models import Role
from accounts.operations import services
from accounts.operations.access import operation_for
from accounts.operations.labels import label_of
from common.refusals import Impossible
from journal.models import NextActor, Operation, State
from panel.bulk.action import Action, Asked, Outlook, Seen


def find(actor: Actor, pk: int) -> Operation:
    """One whose kind asks for more than the person's role is forbidden."""
    return operation_for(actor, pk, change=True)


def look_at_retry(row: Operation, wish: dict[str, Any]) -> Outlook:
    if row.state != State.ERROR:
        raise Impossible(_("It has not failed: there is nothing to try again."))
    if row.next_actor != NextActor.RESELLER:
        raise Impossible(_("The provider's staff has been told and will act."))
    return Outlook(_("It is tried again."))


def look_at_cancel(row: Operation, wish: dict[str, Any]) -> Outlook:
    if not services.may_cancel(operation=row):
        raise Impossible(
            _("It can no longer be cancelled: it has ended, or may have reached the other side.")
        )
    return Outlook(_("It is given up, with all that waits for it."))


def retry(actor: Actor, row: Operation, wish: dict[str, Any], seen: Seen) -> Asked:
    return Asked(services.retry(operation=row, actor=actor))


def cancel(actor: Actor, row: Operation, wish: dict[str, Any], seen: Seen) -> Asked:
    services.cancel(operation=row, actor=actor)
    return Asked(is_done=True)


def page_of(pk: int) -> str:
    return reverse("operations:operation", args=[pk])


def name_of(row: Any) -> tuple[str, str]:
    return f"{label_of(row.kind)} #{row.pk}", row.service or ""


RETRY: Final = Action(
    name="retry",
    label=gettext_lazy("Try again"),
    icon="arrow-repeat",
    need=Role.OPERATOR,
    find=find,
    look=look_at_retry,
    ask=retry,
    name_of=name_of,
    page_of=page_of,
)
CANCEL: Final = Action(
    name="cancel",
    label=gettext_lazy("Give up"),
    icon="x-circle",
    need=Role.OPERATOR,
    find=find,
    look=look_at_cancel,
    ask=cancel,
    name_of=name_of,
    page_of=page_of,
)
