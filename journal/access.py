"""The only door to operations and events; an account id is all the journal knows of a person."""

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from journal.models import Event, Operation, OperationQuerySet


def operations_of(account_id: int) -> OperationQuerySet:
    return Operation.objects.of_account(account_id)


def operation_of(account_id: int, pk: int) -> Operation:
    """Raises Http404 for an operation of another account."""
    return get_object_or_404(Operation.objects.of_account(account_id), pk=pk)


def events_of(account_id: int) -> QuerySet[Event]:
    return Event.objects.filter(account_id=account_id)
