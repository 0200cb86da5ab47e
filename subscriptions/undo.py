"""What can truly be undone, one click away."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from common.templatetags.values import DAY
from journal.models import Event
from subscriptions.models import EndChoice, Status, Subscription

Fields = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Undo:
    """A form of one button: where it leads, what it sends, and what it takes back."""

    url: str
    label: str
    fact: str = ""
    fields: Fields = ()


def undo_of(subscription: Subscription, last: Event | None = None) -> Undo | None:
    """The way back from the end that was chosen, from what is scheduled, or from giving that up.

    `last` is the newest event of the subscription. A trial has its own page for its end.
    """
    if subscription.status != Status.ACTIVE or subscription.is_trial:
        return None
    if subscription.end_choice == EndChoice.CANCEL and subscription.commitment_ends_at:
        day = date_format(subscription.commitment_ends_at.date(), DAY)
        fact = _("Ends on %(day)s (UTC).") % {"day": day}
        return Undo(_to("end", subscription), _("Undo: renew it"), fact, (("choice", "renew"),))
    if subscription.scheduled:
        return Undo(
            _to("unschedule", subscription),
            _("Undo: keep it as it is"),
            _("A change is scheduled for the renewal."),
        )
    return _again(subscription, last)


def _again(subscription: Subscription, last: Event | None) -> Undo | None:
    """What has just been given up, once more."""
    if last is None or last.kind != "subscription.schedule_cleared":
        return None
    kept = last.data.get("before", {}).get("scheduled") or {}
    if not kept or _other_licence(subscription, kept):
        return None
    term, cycle = kept.get("term") or "", kept.get("billing_cycle") or ""
    fields = (
        ("quantity", str(kept.get("quantity") or "")),
        ("plan", f"{term}|{cycle}" if term else ""),
    )
    return Undo(_to("schedule", subscription), _("Undo: schedule it again"), fields=fields)


def _other_licence(subscription: Subscription, kept: dict[str, Any]) -> bool:
    """Its page chooses number and plan only."""
    named = f"{kept.get('product_id')}:{kept.get('sku_id')}"
    own = subscription.licence.code if subscription.licence else ""
    return bool(kept.get("product_id")) and named != own


def _to(page: str, subscription: Subscription) -> str:
    return reverse(f"subscriptions:{page}", args=[subscription.pk])
