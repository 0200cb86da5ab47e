"""Many subscriptions at once: the end of their term, and their seats."""

from typing import Any, Final

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.access import Actor
from accounts.models import Role
from common.refusals import Impossible
from panel.bulk.action import Action, Asked, Outlook, Seen
from subscriptions import services
from subscriptions.access import subscription_for
from subscriptions.models import EndChoice, Subscription
from subscriptions.rules import changes
from subscriptions.rules.changes import Change, from_json


class EndForm(forms.Form):
    """The same for all of them."""

    choice = forms.ChoiceField(
        label=gettext_lazy("At the end of the term"), choices=EndChoice, widget=forms.RadioSelect
    )


class SeatsForm(forms.Form):
    """More or fewer than now, or the same number for all."""

    way = forms.ChoiceField(
        label=gettext_lazy("How"),
        choices=[
            ("by", gettext_lazy("so many more than now; with a minus, fewer")),
            ("to", gettext_lazy("exactly so many each")),
        ],
        widget=forms.RadioSelect,
        initial="by",
    )
    number = forms.IntegerField(
        label=gettext_lazy("Number of licences"),
        min_value=-100_000,
        max_value=100_000,
        error_messages={"invalid": gettext_lazy("Enter a whole number.")},
    )


def find(actor: Actor, pk: int) -> Subscription:
    return subscription_for(actor, pk, need=Role.MANAGER)


def look_at_end(row: Subscription, wish: dict[str, Any]) -> Outlook:
    change = changes.ChooseEnd(choice=wish["choice"])
    return _look(row, change, str(dict(EndChoice.choices)[wish["choice"]]))


def look_at_seats(row: Subscription, wish: dict[str, Any]) -> Outlook:
    number = wish["number"]
    quantity = number if wish["way"] == "to" else row.quantity + number
    text = _("%(before)s → %(after)s licences") % {"before": row.quantity, "after": quantity}
    return _look(row, changes.SetSeats(quantity=quantity), text)


def _look(row: Subscription, change: Change, text: str) -> Outlook:
    """By the same preview as the single change."""
    if services.under_way(row) is not None:
        raise Impossible(
            _("Another change of this subscription is under way. Wait for it, or give it up.")
        )
    preview = services.preview(subscription=row, change=change)
    if preview.deletes_schedule is not None:
        text += " · " + _("what is scheduled for the renewal is written again")
    return Outlook(
        text=text,
        wish=change.to_json(),
        amount_now=preview.amount_now,
        period_after=preview.period_after,
        currency=preview.currency,
        refundable_until=preview.refundable_until,
        impossible_until=preview.impossible_until,
        changes_nothing=preview.changes_nothing,
    )


def ask(actor: Actor, row: Subscription, wish: dict[str, Any], seen: Seen) -> Asked:
    operation = services.change(
        subscription=row,
        change=from_json(wish),
        by=actor.by,
        seen=services.Seen(*seen) if seen else None,
        keep_schedule=True,
    )
    return Asked(operation)


def page_of(pk: int) -> str:
    return reverse("subscriptions:subscription", args=[pk])


def name_of(row: Subscription) -> tuple[str, str]:
    return row.name, row.tenant.display_name


END: Final = Action(
    name="end",
    label=gettext_lazy("At the end of the term…"),
    icon="calendar3",
    need=Role.MANAGER,
    find=find,
    look=look_at_end,
    ask=ask,
    name_of=name_of,
    page_of=page_of,
    form=EndForm,
)
SEATS: Final = Action(
    name="seats",
    label=gettext_lazy("Change the number of licences…"),
    icon="pencil",
    need=Role.MANAGER,
    find=find,
    look=look_at_seats,
    ask=ask,
    name_of=name_of,
    page_of=page_of,
    form=SeatsForm,
)
