"""An event in the words of its reader: what, about what, and where to look."""

from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Topic
from accounts.operations.events import event_label
from accounts.operations.labels import label_of
from inbox.kinds import FAILED, KINDS, TOPIC_OF_WORK
from journal.models import Event
from tenants.models import Tenant

_PAGES: Final = {
    "order": "orders:order",
    "subscription": "subscriptions:subscription",
    "delegation": "tenants:delegation",
}
"""Pages of a subject, by the kind of subject."""
_PLACES: Final = {
    "partner": "accounts:partner_board",
    "domain": "dnsconfig:health_overview",
    "person": "mfa_index",
}
_TOPICS: Final = {
    "member": "accounts:members",
    "token": "accounts:tokens",
    "zoneconnection": "dnsconfig:connections",
    "cashback": "cashback:index",
    "account": "accounts:settings",
    "support": "panel:audit",
}
"""Where a kind of event leads that has no page of its own, by the beginning of its kind."""


def topic_of(event: Event) -> Topic:
    """The topic in the table; of a failed task, that of its room."""
    if event.kind == FAILED:
        room = str(event.data.get("kind", "")).partition(".")[0]
        return TOPIC_OF_WORK.get(room, Topic.PLATFORM)
    return KINDS[event.kind].topic


def sentence(event: Event) -> str:
    """What happened, in the active language."""
    if event.kind != FAILED:
        return event_label(event.kind)
    words = {"task": label_of(event.data.get("kind", "")), "why": ""}
    if why := event.data.get("text"):
        words["why"] = _(why)
        return _("%(task)s has failed: %(why)s") % words
    return _("%(task)s has failed") % words


def about(event: Event, tenant: Tenant | None) -> str:
    """The name of the thing; empty where it is the account itself."""
    names = [tenant.display_name] if tenant else []
    for key in ("domain", "name", "email", "mpn_id"):
        value = _text(event.data.get(key))
        if value and value not in names:
            names.append(value)
    return " · ".join(names)


def link(event: Event, tenant: Tenant | None) -> str:
    """The path where the reader can look and act."""
    kind, _colon, number = event.subject.partition(":")
    if event.kind == FAILED and event.data.get("operation"):
        return reverse("operations:operation", args=[event.data["operation"]])
    if kind in _PAGES and number.isdecimal():
        return reverse(_PAGES[kind], args=[number])
    if tenant is not None and kind != "domain":
        return tenant.get_absolute_url()
    page = _PLACES.get(kind) or _TOPICS.get(event.kind.partition(".")[0], "panel:home")
    return reverse(page)


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
