"""Steps of a journey as people see them. A step is anything with the journal's state."""

from collections.abc import Sequence
from typing import Any, NamedTuple, Protocol


class Step(Protocol):
    """What is read of an operation."""

    kind: str
    state: str
    is_waiting: bool


class Progress(NamedTuple):
    """How many steps are done, of how many, and what is under way."""

    done: int
    total: int
    now: str


def step_state(step: Step) -> str:
    """The journal's state; `waiting` where somebody else must act first."""
    return "waiting" if step.is_waiting else step.state


def progress(steps: Sequence[Any]) -> Progress:
    """Counts for the line above the steps and for screen readers."""
    done = sum(step.state == "done" for step in steps)
    now = next((step for step in steps if step.state == "doing"), None)
    return Progress(done, len(steps), str(getattr(now, "label", "") or getattr(now, "kind", "")))
