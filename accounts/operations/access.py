"""The only door to an account's operations; who may retry or cancel which."""

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from accounts.access import Actor
from accounts.models import Role
from journal import access as journal
from journal.models import Event, Operation, OperationQuerySet, State

OPERATORS_MAY = (
    "dns.", "domain.", "tenant.reset_password", "tenant.mail_password", "tenant.extend_rights",
)  # fmt: skip
"""Beginnings of the kinds that an operator may ask for, and so retry or cancel."""


def operations_for(actor: Actor) -> OperationQuerySet:
    """Of the account; for one of limited reach, of the tenants within it."""
    return journal.operations_of(actor.account.pk).filter(actor.reach.listed())


def operation_for(actor: Actor, pk: int, *, change: bool = False) -> Operation:
    """Raises Http404 for a stranger, PermissionDenied for one who may not `change` it."""
    operation = get_object_or_404(operations_for(actor), pk=pk)
    if change:
        actor.need(_needed(operation))
    return operation


def events_for(actor: Actor) -> QuerySet[Event]:
    """The same of events."""
    return journal.events_of(actor.account.pk).filter(actor.reach.listed())


def may_change(actor: Actor, operation: Operation) -> bool:
    """Whether the buttons are shown: somebody could do something, and this person may."""
    is_stuck = operation.state in (State.TODO, State.ERROR)
    return is_stuck and actor.may(_needed(operation))


def _needed(operation: Operation) -> Role:
    return Role.OPERATOR if operation.kind.startswith(OPERATORS_MAY) else Role.MANAGER
