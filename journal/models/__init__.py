"""Operations (to be done elsewhere) with their attempts, and events (what has happened)."""

from journal.models.history import Attempt, Event, erasing
from journal.models.operations import LEASE, Operation, OperationQuerySet
from journal.models.states import OPEN, SIGN_IN, NextActor, State

__all__ = [
    "LEASE",
    "OPEN",
    "SIGN_IN",
    "Attempt",
    "Event",
    "NextActor",
    "Operation",
    "OperationQuerySet",
    "State",
    "erasing",
]
