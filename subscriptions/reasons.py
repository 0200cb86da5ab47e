"""What the rules say by code, in plain words: one sentence each."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from common.templatetags.values import DAY, MOMENT, money
from subscriptions.rules import Forbidden, Note

REFUSALS: dict[str, Promise] = {
    "pending": _("This subscription is still being ordered."),
    "deleted": _("This subscription is cancelled; nothing of it can be changed."),
    "ended": _("This subscription ended on %(ends_on)s; nothing of it can be changed."),
    "suspended": _("This subscription is suspended. Reactivate it first."),
    "renewing": _("Microsoft is renewing this subscription. Try again in a few minutes."),
    "status_unknown": _(
        "Microsoft calls this subscription “%(status)s”, which the portal does not know; "
        "it can be changed at Microsoft only."
    ),
    "too_many_updates": _(
        "This subscription has been changed %(maximum)s times; Microsoft allows no more."
    ),
    "trial": _(
        "This is a trial until %(ends_on)s: only what becomes of it afterwards can be chosen."
    ),
    "at_least_one": _("At least 1 seat. To give all seats up, cancel the subscription."),
    "below_minimum": _("Microsoft sells at least %(minimum)s seats of this licence."),
    "above_maximum": _("Microsoft sells at most %(maximum)s seats of this licence."),
    "above_base": _("An add-on can have no more seats than its base, which has %(base)s."),
    "base_not_active": _("No base of this add-on is active: no seats can be added."),
    "reduce_window_closed": _("No seat can be given back now: the 7-day window is closed."),
    "reduce_window_closed_ends": _(
        "No seat can be given back any more: the 7-day window is closed, "
        "and the subscription ends on %(ends_on)s."
    ),
    "reduce_window_partly_closed": _(
        "Only down to %(lowest)s seats: the 7-day window of the others is closed."
    ),
    "reduce_window_partly_closed_ends": _(
        "Only down to %(lowest)s seats: the 7-day window of the others is closed, "
        "and the subscription ends on %(ends_on)s."
    ),
    "cancel_window_closed": _("The 7-day window for cancelling is closed."),
    "cancel_window_closed_ends": _(
        "The 7-day window for cancelling is closed; the subscription ends on %(ends_on)s anyway."
    ),
    "unknown_choice": _("Choose to renew, to end or to go on month by month."),
    "not_extendable": _("Microsoft does not let this subscription go on month by month."),
    "renewal_off": _("This subscription does not renew. Choose to renew it first."),
    "end_outside_term": _(
        "The next term must end between %(starts_on)s and %(ends_on)s; a monthly one not on the "
        "28th, 29th or 30th, unless that is the last day of the month."
    ),
    "unknown_term": _("“%(term)s” is no term that the portal knows."),
    "billing_longer_than_term": _("The billing period cannot be longer than the term."),
    "billing_not_sold": _("This term cannot be billed that way."),
    "term_shorter": _("The term cannot become shorter before the renewal."),
    "triennial_frozen": _("Billing for three years at once cannot be changed before the renewal."),
    "not_a_trial": _("This is no trial."),
    "more_than_there_are": _("There are only %(maximum)s seats to upgrade."),
    "same_licence": _("It is this licence already."),
    "name_missing": _("Enter a name."),
}

NOTES: dict[str, Promise] = {
    "then_until_renewal": _(
        "After that, these seats can be given back only at the renewal on %(renews_on)s."
    ),
    "then_to_the_end": _("After that, these seats are paid until the end on %(ends_on)s."),
    "price_at_renewal": _("From the renewal on %(renews_on)s on, a seat costs %(price)s."),
    "refund_in_full": _("Within 24 hours, everything is refunded."),
    "refund_by_day": _("The days that are left are refunded; today counts as left."),
    "ends_at_once": _(
        "Users lose access at once, and it cannot be undone. "
        "The customer's administrators can save data for 7 days."
    ),
    "addons_go_on": _("These add-ons go on and are still billed: %(names)s."),
    "billing_goes_on": _("Users lose access, but Microsoft bills until %(ends_on)s all the same."),
    "renewal_turned_off": _("It will not renew any more."),
    "renewal_stays_off": _("It will not renew unless you choose so."),
    "expired_from": _("From %(starts_on)s to %(ends_on)s it is expired: users can still work."),
    "expired_without_grace": _(
        "From %(starts_on)s to %(ends_on)s it is expired; the 30 free days in which users could "
        "go on working are no longer granted."
    ),
    "disabled_from": _(
        "From %(starts_on)s to %(ends_on)s it is disabled: only administrators reach the data."
    ),
    "deleted_on": _("On %(starts_on)s Microsoft deletes it, with all data."),
    "extended_monthly": _(
        "From %(starts_on)s on it goes on month by month at %(price)s per seat: "
        "the monthly price and %(percent)s %%."
    ),
    "extended_cancel_any_day": _(
        "It can then be cancelled on any day; the days that are left are refunded."
    ),
    "renews": _("It renews on %(renews_on)s; the new term lasts until %(ends_on)s."),
    "window_at_renewal": _(
        "After the renewal it can be cancelled, and seats given back, until %(until_at)s."
    ),
    "dropped_by_changes": _(
        "Any other change before the renewal, except of the name, makes Microsoft forget this."
    ),
    "price_of_today": _("The price of the next term is not known yet; today's is shown."),
    "price_unknown": _("The price of this plan is not known; today's is shown."),
    "no_new_window": _("This cannot be undone: no new 7-day window opens."),
    "inherits_window": _("No new 7-day window opens; the one that is open stays."),
}


def sentence(refusal: Forbidden) -> str:
    """Why not, and from which day on it is possible."""
    code, params = refusal.code, refusal.params
    if code.startswith("reduce") and params["returnable"]:
        code = code.replace("window_closed", "window_partly_closed")
    said = str(REFUSALS[code]) % _readable(params)
    if refusal.possible_from is None:
        return said
    day = {"day": date_format(refusal.possible_from, DAY)}
    later = gettext("It becomes possible at the renewal on %(day)s (UTC).") % day
    return f"{said} {later}"


def told(note: Note) -> str:
    """A note of a preview; one with a code from another version is shown as it is."""
    text = NOTES.get(note.code)
    return note.code if text is None else str(text) % _readable(note.params)


def _readable(params: Mapping[str, Any]) -> dict[str, Any]:
    """Values as people write them, by the name's ending (see `rules.preview.Params`)."""
    return {name: _written(name, value, params) for name, value in params.items()}


def _written(name: str, value: Any, params: Mapping[str, Any]) -> Any:
    if value is None:
        return ""
    if name.endswith("_on"):
        return date_format(date.fromisoformat(value), DAY)
    if name.endswith("_at"):
        moment = datetime.fromisoformat(value).astimezone(UTC)
        return f"{date_format(moment, MOMENT)} UTC"
    return money(value, params["currency"]) if name == "price" else value
