"""`{% load subscriptions %}`: how contracts are written for a person."""

from collections.abc import Mapping
from datetime import datetime

from django import template
from django.utils.html import format_html
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from common.templatetags.values import duration
from subscriptions import reasons
from subscriptions.models import Subscription
from subscriptions.plans import plan_label
from subscriptions.renewals import ENDS
from subscriptions.rules import Note
from subscriptions.undo import Undo, undo_of
from subscriptions.waiting.asked import WaitingChange

register = template.Library()

CYCLES = {
    "monthly": _("per month"),
    "annual": _("per year"),
    "triennial": _("for three years"),
    "onetime": _("once"),
}
CHARGES = {
    "new": _("purchase"),
    "renew": _("renewal"),
    "cycleCharge": _("billing period"),
    "addQuantity": _("licences after the change"),
    "removeQuantity": _("licences before the change"),
    "cancelImmediate": _("cancellation"),
    "convert": _("change of licence"),
    "changeBillingPlan": _("change of payment"),
}

EVENTS = {
    "subscription.seats_changed": _("Number of licences changed"),
    "subscription.cancelled": _("Cancelled"),
    "subscription.suspended": _("Suspended"),
    "subscription.reactivated": _("Reactivated"),
    "subscription.renamed": _("Renamed"),
    "subscription.end_chosen": _("End of the term chosen"),
    "subscription.change_scheduled": _("Change scheduled for the renewal"),
    "subscription.schedule_cleared": _("Scheduled change given up"),
    "subscription.trial_converted": _("Trial turned into a paid subscription"),
    "subscription.plan_changed": _("Term or payment changed"),
    "subscription.upgraded": _("Upgraded to another licence"),
    "subscription.renewed": _("Renewed"),
    "subscription.extended": _("Goes on month by month"),
    "subscription.changed_elsewhere": _("Changed elsewhere"),
    "subscription.made_by_upgrade": _("Made by an upgrade"),
    "subscription.approval_asked": _("Approval of a change asked for"),
    "subscription.change_approved": _("Change approved"),
    "subscription.change_refused": _("Change not approved"),
    "subscription.change_taken_back": _("Change taken back"),
    "subscription.change_lapsed": _("Change lapsed without a decision"),
}


@register.filter
def cycle_text(cycle: str) -> str:
    """How often is paid."""
    return str(CYCLES.get(cycle.lower(), cycle))


@register.filter
def charge_text(kind: str) -> str:
    """What a line of an invoice is for; unknown kinds as Microsoft calls them."""
    return str(CHARGES.get(kind, kind))


@register.filter
def plan_text(subscription: Subscription) -> str:
    """Term and payment."""
    return plan_label(subscription.term, subscription.billing_cycle)


@register.filter
def sentence(note: Note) -> str:
    """A note of a preview in words."""
    return reasons.told(note)


@register.filter
def left(until: datetime, at: datetime) -> str:
    """`3 days`: the time from `at` to a deadline; the browser counts down the last two days."""
    seconds = max(0, int((until - at).total_seconds()))
    return format_html('<span data-left="{}">{}</span>', seconds, duration(seconds))


@register.filter
def scheduled_lines(subscription: Subscription) -> list[str]:
    """What the renewal will change, a line each."""
    kept = subscription.scheduled
    lines = []
    if kept.get("quantity") is not None:
        text = ngettext("%(count)s licence", "%(count)s licences", kept["quantity"])
        lines.append(text % {"count": kept["quantity"]})
    if kept.get("term"):
        lines.append(plan_label(kept["term"], kept.get("billing_cycle") or ""))
    if kept.get("product_id"):
        lines.append(gettext("licence %(code)s") % {"code": _code(kept)})
    return lines


def _code(kept: dict[str, str]) -> str:
    return f"{kept['product_id']}:{kept['sku_id']}"


@register.filter
def undo(subscription: Subscription) -> Undo | None:
    """One click back, as far as the row alone tells."""
    return undo_of(subscription)


@register.filter
def waits_in(
    subscription: Subscription, waiting: Mapping[int, WaitingChange]
) -> WaitingChange | None:
    """Its change that waits for an owner, of those on the page."""
    return waiting.get(subscription.pk)


@register.filter
def outlook_text(outlook: str) -> str:
    """What happens at the end of the term."""
    return str(dict(ENDS).get(outlook, outlook))


@register.filter
def event_text(kind: str) -> str:
    """What happened; kinds without words show as they are."""
    return str(EVENTS.get(kind, kind))
