"""Whatever breaks in whatever order: one effect, one event, and an end."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from journal import remote, services
from journal.models import Event, Operation, State
from tests.journal.conftest import ASKER, Ask
from tests.journal.moments import lease_lapses, pause_ends
from tests.journal.other_side import Killed, OtherSide

pytestmark = pytest.mark.django_db

MISHAPS = ["answer", "lost", "dropped", "busy", "refused", "killed_before", "killed_after"]
TURNS = [*MISHAPS, "overtaken", "perform_again", "lease_lapses", "retry", "cancel", "work"]


def _perform(operation: Operation) -> None:
    try:
        remote.perform(operation.pk)
    except Killed:
        return


def _overtake(operation: Operation) -> None:
    """While the first worker waits for its answer, another one takes the operation and ends it."""
    lease_lapses(operation)
    _perform(operation)


def _turn(turn: str, operation: Operation, side: OtherSide) -> None:
    if turn == "overtaken":
        side.plan.append(lambda: _overtake(operation))
    elif turn == "perform_again":
        side.plan.append(lambda: _perform(operation))
    elif turn == "lease_lapses":
        lease_lapses(operation)
    elif turn == "retry":
        services.retry(operation=operation, by=ASKER)
    elif turn == "cancel":
        services.cancel(operation=operation, by=ASKER)
    elif turn == "work":
        pause_ends(operation)
        _perform(operation)
    else:
        side.plan.append(turn)


def _come_to_rest(operation: Operation, side: OtherSide) -> None:
    """From now on all is well; a person retries what failed."""
    side.plan.clear()
    for _round in range(5):
        operation.refresh_from_db()
        if operation.state == State.ERROR:
            services.retry(operation=operation, by=ASKER)
        if operation.state == State.DOING:
            lease_lapses(operation)
        pause_ends(operation)
        _perform(operation)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(turns=st.lists(st.sampled_from(TURNS), max_size=15))
def test_one_effect(ask: Ask, remote_side: OtherSide, turns: list[Any]) -> None:
    remote_side.__init__()  # type: ignore[misc]
    operation = ask()
    for turn in turns:
        _turn(turn, operation, remote_side)
    _come_to_rest(operation, remote_side)
    operation.refresh_from_db()
    events = Event.objects.filter(operation=operation, kind="try.written").count()
    if operation.state == State.CANCELLED:
        assert (len(remote_side.effects), events) == (0, 0)
    else:
        assert operation.state == State.DONE
        assert (len(remote_side.effects), events) == (1, 1)
        assert operation.result == {"body": next(iter(remote_side.effects.values()))}
