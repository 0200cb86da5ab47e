"""What can be had, one click away, in place of what the rules refuse."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from common.templatetags.values import DAY
from subscriptions.models import EndChoice, Subscription
from subscriptions.rules import Change, changes

TOO_LATE = ("reduce_window_closed", "cancel_window_closed")


@dataclass(frozen=True)
class Instead:
    """A form of one button: where it leads and what it sends."""

    url: str
    label: str
    name: str
    value: str


def instead_of(subscription: Subscription, wish: Change, code: str) -> Instead | None:
    """A window that has closed leads to the end of the term."""
    ends = subscription.commitment_ends_at
    if code not in TOO_LATE or ends is None:
        return None
    day = date_format(ends.date(), DAY)
    match wish:
        case changes.SetSeats(quantity=quantity):
            label = _("Schedule %(quantity)s licences for the renewal after %(day)s")
            values = {"quantity": quantity, "day": day}
            url = reverse("subscriptions:schedule", args=[subscription.pk])
            return Instead(url, label % values, "quantity", str(quantity))
        case changes.Cancel():
            label = _("End it with the term, on %(day)s") % {"day": day}
            url = reverse("subscriptions:end", args=[subscription.pk])
            return Instead(url, label, "choice", EndChoice.CANCEL)
    return None
