"""Who did what in an account: its events, newest first."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.html import format_html
from django.utils.timezone import make_aware
from django.utils.translation import gettext_lazy as _

from accounts.access import Actor
from accounts.models import Role
from accounts.operations.access import events_for
from accounts.operations.events import EVENTS, event_label
from common.templatetags.values import moment
from journal.models import Event
from journal.people import PORTAL
from panel.lists.differences import summary
from panel.lists.filters import Filters, a_day, choice
from panel.lists.listing import Column, Empty, Listing
from panel.lists.places import of_service, service_link, subject_link, with_service

THE_PORTAL = "portal"
THINGS = [
    ("account", _("Account")),
    ("bulk", _("Change of many at once")),
    ("cashback", _("Cashback")),
    ("connection", _("Sign-in at Microsoft")),
    ("delegation", _("Delegation")),
    ("dns", _("Domain configuration")),
    ("domain", _("Domain")),
    ("export", _("File of a list")),
    ("feed", _("Calendar feed")),
    ("list", _("List")),
    ("member", _("Member")),
    ("operation", _("Task")),
    ("order", _("Order")),
    ("ownzone", _("Own zone")),
    ("partner_id", _("MPN ID")),
    ("person", _("Person")),
    ("subscription", _("Subscription")),
    ("support", _("Visit of support")),
    ("tenant", _("Service")),
    ("token", _("API token")),
    ("zoneconnection", _("DNS zones")),
]
"""Beginnings of the kinds of events."""


class AuditFilters(Filters):
    """By text, person, thing, service and days."""

    who = choice(_("Who"), [])
    thing = choice(_("What about"), THINGS)
    service = forms.CharField(label=_("Service"), required=False, max_length=100)
    since = a_day(_("From"))
    until = a_day(_("Up to and including"))

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        people = self.actor.account.memberships.order_by("user__email")
        field = self.fields["who"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            ("", _("All")),
            (THE_PORTAL, _("the portal itself")),
            *((str(pk), email) for pk, email in people.values_list("user", "user__email")),
        ]

    def by_search(self, rows: QuerySet[Event], text: str) -> QuerySet[Event]:
        """What has happened, in words; the person, also one who has left; the subject."""
        lower = text.lower()
        kinds = [kind for kind, words in EVENTS.items() if lower in str(words).lower()]
        return rows.filter(Q(kind__in=kinds) | Q(by_label__icontains=text) | Q(subject=text))

    def by_who(self, rows: QuerySet[Event], who: str) -> QuerySet[Event]:
        if who == THE_PORTAL:
            return rows.filter(by_id=None, by_label=PORTAL.label)
        return rows.filter(by_id=int(who))

    def by_thing(self, rows: QuerySet[Event], thing: str) -> QuerySet[Event]:
        return rows.filter(kind__startswith=f"{thing}.")

    def by_service(self, rows: QuerySet[Event], text: str) -> QuerySet[Event]:
        return of_service(rows, self.actor, text)

    def by_since(self, rows: QuerySet[Event], day: date) -> QuerySet[Event]:
        return rows.filter(at__gte=_midnight(day))

    def by_until(self, rows: QuerySet[Event], day: date) -> QuerySet[Event]:
        return rows.filter(at__lt=_midnight(day + timedelta(days=1)))


def who(event: Event) -> str:
    """A person by address; the portal in the reader's language."""
    return str(_("the portal")) if event.by_label == PORTAL.label else event.by_label


def _midnight(day: date) -> datetime:
    return make_aware(datetime.combine(day, time.min))


def _rows(actor: Actor) -> QuerySet[Event]:
    return with_service(events_for(actor), actor)


def _link(event: Event) -> object:
    address = reverse("panel:event", args=[event.pk])
    return format_html('<a href="{}">{}</a>', address, event_label(event.kind))


COLUMNS: tuple[Column[Event], ...] = (
    Column(
        "what",
        _("What"),
        lambda row: row.kind,
        text=lambda row: event_label(row.kind),
        cell=_link,
    ),
    Column("at", _("When"), lambda row: row.at, cell=lambda row: moment(row.at)),
    Column("who", _("Who"), lambda row: row.by_label, text=who),
    Column("service", _("Service"), lambda row: row.service, cell=service_link),
    Column(
        "change",
        _("Before → after"),
        lambda row: row.data,
        text=lambda row: summary(row.data) or None,
    ),
    Column("subject", _("Subject"), lambda row: row.subject, cell=subject_link, is_usual=False),
    Column(
        "service_name", _("Internal service name"), lambda row: row.service_name, is_usual=False
    ),
    Column("id", "ID", lambda row: str(row.pk), is_usual=False),
)

AUDIT: Listing[Event] = Listing(
    name="audit",
    title=_("Audit"),
    lead=_("Who did what in this account, when, and what was there before."),
    rows=_rows,
    columns=COLUMNS,
    filters=AuditFilters,
    first_sort="",
    empty=Empty(
        icon="eye",
        title=_("Nothing has happened yet."),
        text=_("Every change that a person or the portal makes will be listed here."),
        to="orders:new",
        label=_("New order"),
    ),
    need=Role.MANAGER,
)
