"""What rows of the journal are about, in words: `domain:1` is the domain of that number."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Model
from django.urls import reverse
from django.utils.html import conditional_escape, format_html
from django.utils.translation import gettext_lazy as _

from accounts.models import Account, PartnerId, User
from dnsconfig.embedded.models import OwnZone
from dnsconfig.models import Domain, ZoneConnection
from orders.models import Order, Upload, UploadRow
from panel.models import BulkJob, ExportFile
from subscriptions.models import Subscription
from tenants.models import Delegation, Tenant

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class Things:
    """Rows that a subject names by number; `name` is the column that people know them by."""

    word: "StrOrPromise"
    model: type[Model]
    name: str

    def names(self, numbers: Iterable[int]) -> dict[int, Any]:
        rows = self.model._default_manager.filter(pk__in=numbers)
        return dict(rows.values_list("pk", self.name))

    def link(self, number: int, name: Any) -> str:
        meta = self.model._meta
        address = reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[number])
        return format_html('{} <a href="{}">{}</a>', self.word, address, name)


THINGS = {
    "account": Things(_("Account"), Account, "name"),
    "bulk": Things(_("Change of many"), BulkJob, "pk"),
    "cashback": Things(_("Cashback of the MPN ID"), PartnerId, "mpn_id"),
    "delegation": Things(_("Delegation"), Delegation, "tenant_name"),
    "domain": Things(_("Domain"), Domain, "name"),
    "export": Things(_("Export file"), ExportFile, "pk"),
    "gdap": Things(_("Delegated rights in"), Tenant, "display_name"),
    "health": Things(_("Health of"), Domain, "name"),
    "order": Things(_("Order no."), Order, "pk"),
    "ownzone": Things(_("Own zone"), OwnZone, "name"),
    "partner": Things(_("MPN ID"), PartnerId, "mpn_id"),
    "person": Things(_("Person"), User, "email"),
    "subscription": Things(_("Subscription"), Subscription, "name"),
    "tenant": Things(_("Service"), Tenant, "display_name"),
    "upload": Things(_("File of orders"), Upload, "name"),
    "uploadrow": Things(_("Row of a file of orders"), UploadRow, "number"),
    "zoneconnection": Things(_("Connected DNS zones:"), ZoneConnection, "label"),
}
WORDS: dict[str, "StrOrPromise"] = {
    "cashback-rule": _("Cashback rule"),
    "catalogue": _("Catalogue"),
    "connection": _("Sign-in at Microsoft"),
    "event": _("Event"),
    "events": _("Events of Microsoft"),
    "hold": _("Suspension"),
    "look": _("A look at:"),
    "mail": _("Mail to"),
    "partners": _("All MPN IDs"),
    "qualification": _("Qualification"),
    "report": _("Report"),
    "rights": _("All delegated rights"),
    "setup": _("First run"),
    "site": _("Portal"),
    "sync": _("Comparison with Microsoft:"),
    "use": _("Licences in use"),
    "webhook": _("Notices from Microsoft"),
    "zone": _("Zone"),
}
"""Subjects that have no page; what follows the colon is a name, a market or another subject."""
MOST_DIGITS = 19
"""Of a number that the database can hold."""


def in_words(subjects: Iterable[str]) -> dict[str, str]:
    """Each subject as HTML, with a link where its row still is. One query per kind of thing."""
    every = set(subjects)
    every |= {subject.partition(":")[2] for subject in every}
    numbers: dict[str, set[int]] = defaultdict(set)
    for subject in every:
        kind, _colon, number = subject.partition(":")
        if kind in THINGS and number.isdecimal() and len(number) < MOST_DIGITS:
            numbers[kind].add(int(number))
    names = {kind: THINGS[kind].names(found) for kind, found in numbers.items()}
    return {subject: _shown(subject, names) for subject in every}


def _shown(subject: str, names: dict[str, dict[int, Any]]) -> str:
    kind, _colon, rest = subject.partition(":")
    if kind in THINGS:
        number = int(rest) if rest.isdecimal() else 0
        name = names.get(kind, {}).get(number)
        word = THINGS[kind].word
        return THINGS[kind].link(number, name) if name else format_html("{} {}", word, rest)
    if kind in WORDS:
        return format_html("{} {}", WORDS[kind], _shown(rest, names))
    return conditional_escape(subject)
