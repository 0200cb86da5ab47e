"""The state of an order, derived from its steps."""

from collections.abc import Iterable

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from journal.models import Operation, State


class OrderState(TextChoices):
    WORKING = "doing", _("in progress")
    STUCK = "error", _("needs somebody")
    DONE = "done", _("done")
    CANCELLED = "cancelled", _("cancelled")


BESIDE = ("tenant.await_gdap", "tenant.assign_gdap", "tenant.consent")
"""What the customer approves goes on beside: an order is done without it."""


def state_of(steps: Iterable[Operation]) -> OrderState:
    """What a person needs to know of the whole journey."""
    states = {step.state for step in steps if step.kind not in BESIDE}
    if State.ERROR in states:
        return OrderState.STUCK
    if states & {State.TODO, State.DOING}:
        return OrderState.WORKING
    return OrderState.CANCELLED if State.CANCELLED in states else OrderState.DONE
