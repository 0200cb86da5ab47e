"""The only door to operations and events; an account id is all the journal knows of a person."""

from django.db.models import QuerySet

from journal.models import Event, Operation, OperationQuerySet


def operations_of(account_id: int) -> OperationQuerySet:
    return Operation.objects.of_account(account_id)


def events_of(account_id: int) -> QuerySet[Event]:
    return Event.objects.filter(account_id=account_id)
