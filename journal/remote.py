"""Carries out operations: claim, run the handler, record the outcome where it is still ours."""

import logging
import random
from collections.abc import Iterator
from datetime import datetime

from django.conf import settings
from django.db import InterfaceError, OperationalError, transaction
from django.utils.module_loading import import_string
from django.utils.timezone import now
from django.utils.translation import gettext_noop

from common.errors import (
    Busy,
    Misconfigured,
    OutcomeUnknown,
    Refused,
    RemoteError,
    SignInNeeded,
)
from journal import bell, services
from journal.heartbeat import heartbeat
from journal.models import SIGN_IN, Attempt, NextActor, Operation, State
from journal.work import Done, Handler, NoLongerMine, Outcome, Work

log = logging.getLogger(__name__)

LONGEST_PAUSE = 300.0
PATIENCE = 40
"""Failures after which a person is asked instead of trying on: about two hours."""
BROKEN = gettext_noop("The portal itself failed here; its operator has been told.")
NOT_SIGNED_IN = gettext_noop("The provider must sign in at Microsoft again.")
WAITED = gettext_noop("This takes longer than it ever should.")


def perform(operation_id: int) -> bool:
    """Do one operation if it is due and nobody else does it; True when this call did it."""
    operation = Operation.objects.due(now()).filter(pk=operation_id).first()
    if operation is None:
        return False
    is_lost = operation.state == State.DOING
    if not operation.claim(at=now()):
        return False
    if is_lost:
        _note(operation, operation.attempt - 1, operation.started_at or now(), "lost")
        if operation.failures > PATIENCE:
            _give_up(operation, NextActor.STAFF, "lost", BROKEN, answered=False)
            return True
    return _attempt(operation)


def _attempt(operation: Operation) -> bool:
    """Run the handler and record what came of it. When the database goes away the lease ends."""
    started_at = now()
    try:
        with heartbeat(operation):
            outcome = _ask(operation, started_at)
            if outcome is not None:
                _settle(operation, started_at, outcome)
    except NoLongerMine:
        return False
    except (OperationalError, InterfaceError):
        raise
    except Exception as error:
        log.exception("operation %s (%s) broke", operation.pk, operation.kind)
        _note(operation, operation.attempt, started_at, "broke", code=type(error).__name__)
        _give_up(operation, NextActor.STAFF, type(error).__name__, BROKEN, answered=False)
    return True


def _ask(operation: Operation, started_at: datetime) -> Outcome | None:
    """The handler's outcome; None when the other side answered with an error, now recorded."""
    try:
        return _handler(operation.kind)(Work(operation))
    except RemoteError as error:
        told = {"code": error.code, "text": error.detail or str(error)}
        _note(operation, operation.attempt, started_at, type(error).__name__, **told)
        _settle_error(operation, error)
        return None


def _handler(kind: str) -> Handler:
    handler: Handler = import_string(settings.JOURNAL_OPERATIONS[kind])
    return handler


def _settle(operation: Operation, started_at: datetime, outcome: Outcome) -> None:
    """Record an answer. Waiting leaves no attempt behind: it may be asked a thousand times."""
    if isinstance(outcome, Done):
        _settle_done(operation, started_at, outcome)
    elif Work(operation).waited > outcome.limit:
        text = outcome.text or WAITED
        _give_up(operation, NextActor.STAFF, "waited", text, answered=False)
    else:
        operation.wait(seconds=outcome.seconds, actor=outcome.actor, text=outcome.text)


def _settle_done(operation: Operation, started_at: datetime, outcome: Done) -> None:
    with transaction.atomic():
        if not operation.finish(result=outcome.result):
            raise NoLongerMine
        _note(operation, operation.attempt, started_at, "done")
        if outcome.write is not None:
            outcome.write(operation)
        next_ids = list(_released_by(operation))
        transaction.on_commit(lambda: bell.ring(next_ids), robust=True)


def _released_by(operation: Operation) -> Iterator[int]:
    """Its followers, and the next of its subject."""
    todo = Operation.objects.filter(state=State.TODO).order_by("pk")
    yield from todo.filter(after=operation).values_list("pk", flat=True)
    yield from todo.filter(subject=operation.subject).values_list("pk", flat=True)[:1]


def _settle_error(operation: Operation, error: RemoteError) -> None:
    """Who acts next decides: the machine tries on, a person is told."""
    code, text = error.code or type(error).__name__, str(error)
    if isinstance(error, SignInNeeded):
        # Nothing was sent, and one person's sign-in lets all go on: nobody retries by hand.
        operation.wait(
            seconds=LONGEST_PAUSE, actor=NextActor.STAFF, code=SIGN_IN, text=NOT_SIGNED_IN
        )
    elif isinstance(error, Refused):
        _give_up(operation, NextActor.RESELLER, code, text, field=error.field)
    elif isinstance(error, Misconfigured):
        _give_up(operation, NextActor.STAFF, code, text)
    elif isinstance(error, Busy | OutcomeUnknown) and operation.failures < PATIENCE:
        asked = error.retry_after if isinstance(error, Busy) else None
        seconds = max(asked or 0, _pause(operation.failures))
        operation.try_later(seconds=seconds, code=code, text=text)
    else:
        _give_up(operation, NextActor.STAFF, code, text, answered=False)


def _give_up(
    operation: Operation,
    actor: str,
    code: str,
    text: str,
    *,
    field: str = "",
    answered: bool = True,
) -> None:
    with transaction.atomic():
        stopped = operation.fail(
            actor=actor, code=code[:60], text=text, field=field[:60], answered=answered
        )
        if stopped and operation.account_id is not None:
            services.record_failure(operation)
    if actor == NextActor.STAFF:
        log.error("operation %s (%s) waits for staff: %s", operation.pk, operation.kind, code)


def _pause(failures: int) -> float:
    """Seconds: 1, 2, 4 … five minutes, each with a third of jitter."""
    pause = min(2.0**failures, LONGEST_PAUSE)
    return pause * random.uniform(0.7, 1.0)  # noqa: S311 - spreads load, guards nothing


def _note(
    operation: Operation,
    number: int,
    started_at: datetime,
    outcome: str,
    *,
    code: str = "",
    text: str = "",
) -> None:
    Attempt.objects.create(
        operation=operation,
        number=number,
        request_id=operation.request_id,
        started_at=started_at,
        outcome=outcome,
        code=code[:60],
        text=text,
    )
