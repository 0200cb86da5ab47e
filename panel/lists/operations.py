"""All operations of an account: what the portal does elsewhere, and who must act next."""

from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.access import Actor
from accounts.operations.access import operations_for
from accounts.operations.labels import LABELS, label_of
from common.templatetags.marks import badge
from common.templatetags.values import moment, who
from journal.models import NextActor, Operation, State
from panel.lists.filters import Filters, a_day, choice
from panel.lists.listing import Column, Empty, Listing
from panel.lists.places import of_service, service_link, with_service


class OperationFilters(Filters):
    """By text, state, who acts next, service and day."""

    state = choice(_("Status"), State.choices)
    next_actor = choice(_("Who acts next"), NextActor.choices)
    service = forms.CharField(label=_("Service"), required=False, max_length=100)
    since = a_day(_("Asked for since"))

    def by_search(self, rows: QuerySet[Operation], text: str) -> QuerySet[Operation]:
        """What it does, in words; its number; who has asked; what was said."""
        number, lower = text.removeprefix("#"), text.lower()
        kinds = [kind for kind, words in LABELS.items() if lower in str(words).lower()]
        found = Q(kind__in=kinds) | Q(by_label__icontains=text) | Q(error_text__icontains=text)
        is_number = number.isdecimal() and number.isascii() and len(number) < 19
        return rows.filter(found | Q(pk=int(number)) if is_number else found)

    def by_state(self, rows: QuerySet[Operation], state: str) -> QuerySet[Operation]:
        return rows.filter(state=state)

    def by_next_actor(self, rows: QuerySet[Operation], actor: str) -> QuerySet[Operation]:
        return rows.in_progress().filter(next_actor=actor)  # type: ignore[attr-defined,no-any-return]

    def by_service(self, rows: QuerySet[Operation], text: str) -> QuerySet[Operation]:
        return of_service(rows, self.actor, text)

    def by_since(self, rows: QuerySet[Operation], day: Any) -> QuerySet[Operation]:
        return rows.filter(created_at__date__gte=day)


def _rows(actor: Actor) -> QuerySet[Operation]:
    return with_service(operations_for(actor).defer("params", "memo", "result"), actor)


def _link(row: Operation) -> SafeString:
    address = reverse("operations:operation", args=[row.pk])
    return format_html('<a href="{}">{}</a>', address, label_of(row.kind))


def _state(row: Operation) -> SafeString:
    if row.is_waiting:
        return badge("waiting", gettext("waiting"))
    return badge(row.state, row.get_state_display())


def _next_actor(row: Operation) -> str:
    at_rest = row.state in (State.DONE, State.CANCELLED)
    return "" if at_rest else str(NextActor(row.next_actor).label)


COLUMNS: tuple[Column[Operation], ...] = (
    Column(
        "what",
        _("Function"),
        lambda row: row.kind,
        text=lambda row: label_of(row.kind),
        cell=_link,
        sort="kind",
    ),
    Column("service", _("Service"), lambda row: row.service, cell=service_link),
    Column(
        "state",
        _("Status"),
        lambda row: row.state,
        text=lambda row: row.get_state_display(),
        cell=_state,
        sort="state",
    ),
    Column("next_actor", _("Who acts next"), lambda row: row.next_actor, text=_next_actor),
    Column(
        "said",
        _("What was said"),
        lambda row: row.error_text,
        text=lambda row: gettext(row.error_text) if row.error_text else "",
    ),
    Column(
        "by",
        _("Asked for by"),
        lambda row: row.by_label,
        text=lambda row: who(row.by_label),
        sort="by_label",
    ),
    Column(
        "created",
        _("Created"),
        lambda row: row.created_at,
        cell=lambda row: moment(row.created_at),
        sort="pk",
    ),
    Column(
        "updated",
        _("Last update"),
        lambda row: row.updated_at,
        cell=lambda row: moment(row.updated_at),
        sort="updated_at",
        is_usual=False,
    ),
    Column("attempts", _("Attempts"), lambda row: row.attempt, is_number=True, is_usual=False),
    Column("error_code", _("Code"), lambda row: row.error_code, sort="error_code", is_usual=False),
    Column("subject", _("Subject"), lambda row: row.subject, sort="subject", is_usual=False),
    Column(
        "id",
        _("Task number"),
        lambda row: str(row.pk),
        cell=lambda row: f"#{row.pk}",
        sort="pk",
        is_usual=False,
    ),
)

OPERATIONS: Listing[Operation] = Listing(
    name="operations",
    title=_("Tasks"),
    lead=_("What the portal does for you at Microsoft, in your zones and by mail."),
    rows=_rows,
    columns=COLUMNS,
    filters=OperationFilters,
    first_sort="-created",
    empty=Empty(
        icon="check-circle",
        title=_("No task yet."),
        text=_("Whatever the portal does at Microsoft, in zones and by mail will be listed here."),
        to="orders:new",
        label=_("New order"),
    ),
)
