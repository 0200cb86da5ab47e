"""A change that waits: one operation, which keeps all that was asked for."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Self, cast

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.operations.labels import label_of
from journal.models import Event, Operation, State
from journal.people import By
from subscriptions.models import Subscription
from subscriptions.plans import plan_label
from subscriptions.rules import Change, Preview, changes, from_json

APPROVAL: Final = "subscription.approval"
APPROVED: Final = "subscription.change_approved"
REFUSED: Final = "subscription.change_refused"
TAKEN_BACK: Final = "subscription.change_taken_back"
LAPSED: Final = "subscription.change_lapsed"
OUTCOMES: Final = {
    APPROVED: "approved",
    REFUSED: "refused",
    TAKEN_BACK: "taken_back",
    LAPSED: "lapsed",
    "operation.cancelled": "taken_back",
}
"""The events that end the waiting, and what has then become of the change."""
WAITING: Final = "waiting"
STATES: Final = (WAITING, *dict.fromkeys(OUTCOMES.values()))


@dataclass(frozen=True)
class WaitingChange:
    """What was asked for, as it was then, whatever has become of it."""

    step: Operation

    @classmethod
    def on(cls, subscription: Subscription) -> Self | None:
        """The one that waits on this subscription; there is at most one."""
        step = undecided().filter(subject=subject_of(subscription)).first()
        return cls(step) if step else None

    @property
    def change(self) -> Change:
        return from_json(self.step.params["change"])

    @property
    def preview(self) -> Preview:
        """As its author saw it."""
        return Preview.from_dict(self.step.params["preview"])

    @property
    def subscription_id(self) -> int:
        return cast(int, self.step.params["subscription"])

    @property
    def name(self) -> str:
        """Of the subscription."""
        return str(self.step.params["name"])

    @property
    def service(self) -> str:
        """Its name, as it was shown then."""
        return str(self.step.params["service"])

    @property
    def by(self) -> By:
        return By(self.step.by_label, self.step.by_id)

    @property
    def amount(self) -> Decimal:
        """The first charge that was asked for."""
        return self.preview.amount_now

    @property
    def currency(self) -> str:
        return self.preview.currency

    @property
    def text(self) -> str:
        """What shall change, in a few words."""
        facts, wish = self.step.params, self.change
        if isinstance(wish, changes.SetSeats):
            seats = {"before": facts["quantity"], "after": wish.quantity}
            return _("%(before)s → %(after)s licences") % seats
        if isinstance(wish, changes.ChangePlan):
            return plan_label(wish.term, wish.billing_cycle)
        if isinstance(wish, changes.Upgrade):
            return f"{wish.quantity} × {facts['into']}"
        return label_of(facts["kind"])

    def get_absolute_url(self) -> str:
        return reverse("subscriptions:approval", args=[self.step.pk])

    @property
    def state(self) -> str:
        """One of `STATES`."""
        if self.is_undecided:
            return WAITING
        ended = self.ended_by()
        return OUTCOMES[ended.kind] if ended else OUTCOMES[APPROVED]

    @property
    def is_undecided(self) -> bool:
        """Nobody has said yes or no, and nothing else has ended it."""
        is_over = self.step.state in (State.DONE, State.CANCELLED)
        return not is_over and self.carried_out_by() is None

    def carried_out_by(self) -> Operation | None:
        """The change itself, once an owner has said yes."""
        return self.step.followers.order_by("pk").first()

    def ended_by(self) -> Event | None:
        """The decision, or what else ended the waiting."""
        rows = Event.objects.filter(operation=self.step, kind__in=OUTCOMES)
        return rows.order_by("-pk").first()


def undecided() -> QuerySet[Operation]:
    """All that wait, the oldest first; a yes is written as the step that follows."""
    rows = Operation.objects.in_progress().filter(kind=APPROVAL, followers=None)
    return rows.order_by("pk")


def subject_of(subscription: Subscription) -> str:
    """Not the subscription's own: whatever else concerns it goes on meanwhile."""
    return f"approval:{subscription.pk}"
