"""The state of an order, derived from its steps."""

from collections.abc import Iterable

from django.db.models import Case, CharField, Exists, OuterRef, QuerySet, TextChoices, Value, When
from django.db.models.functions import Cast, Concat
from django.utils.translation import gettext_lazy as _

from journal.models import Operation, State
from orders.models import Order


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


def with_state(orders: QuerySet[Order]) -> QuerySet[Order]:
    """Each with `state`, the same as `state_of` its steps, to be filtered by and listed."""
    journey = Concat(Value("order:"), Cast(OuterRef("pk"), CharField()))
    steps = Operation.objects.filter(journey=journey).exclude(kind__in=BESIDE)
    return orders.annotate(
        state=Case(
            When(Exists(steps.filter(state=State.ERROR)), then=Value(OrderState.STUCK)),
            When(
                Exists(steps.filter(state__in=[State.TODO, State.DOING])),
                then=Value(OrderState.WORKING),
            ),
            When(Exists(steps.filter(state=State.CANCELLED)), then=Value(OrderState.CANCELLED)),
            default=Value(OrderState.DONE),
            output_field=CharField(),
        )
    )
