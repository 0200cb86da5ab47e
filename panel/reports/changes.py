"""What changed in a month, from the journal's events: what, for whom, by whom."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Count, QuerySet
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from accounts.access import Actor
from accounts.operations.access import events_for
from accounts.operations.events import event_label
from common.templatetags.values import moment, money, who
from journal.models import Event
from panel.lists import cells
from panel.reports.parameters import Asked, MonthParameters, moments_of
from panel.reports.report import Item, Report, Totals
from subscriptions.access import subscriptions_of
from subscriptions.models import EndChoice, Status, Subscription
from subscriptions.words import TERMS
from tenants.access import tenants_of
from tenants.models import Tenant

KINDS: Final = (
    "order.placed", "order.completed", "order.corrected", "order.prices_accepted",
    "subscription.seats_changed", "subscription.cancelled", "subscription.suspended",
    "subscription.reactivated", "subscription.end_chosen", "subscription.change_scheduled",
    "subscription.schedule_cleared", "subscription.trial_converted", "subscription.plan_changed",
    "subscription.upgraded", "subscription.made_by_upgrade", "subscription.renewed",
    "subscription.extended", "subscription.changed_elsewhere",
    "tenant.created", "tenant.imported", "delegation.adopted", "tenant.suspended",
    "tenant.reopened", "tenant.left", "tenant.moved",
)  # fmt: skip
ENDS: Final = {True: _("renews"), False: _("does not renew")}


@dataclass(frozen=True)
class Change:
    """An event with what it is about."""

    event: Event
    tenant: Tenant | None
    subscription: Subscription | None

    @property
    def details(self) -> str:
        """Numbers before and after, in words; empty where the event has none."""
        data = self.event.data
        before, after = data.get("before"), data.get("after")
        if isinstance(before, dict) and isinstance(after, dict):
            pairs = {name: (before.get(name), after.get(name)) for name in {**before, **after}}
        else:
            pairs = {n: tuple(v) for n, v in data.items() if isinstance(v, list) and len(v) == 2}
        told = [_told(name, *pair) for name, pair in pairs.items() if name in TOLD]
        if "total" in data:
            told.append(money(data["total"], data.get("currency", "")))
        elif "unit_price" in data and "quantity" in data:
            count = data["quantity"]
            told.append(ngettext("%(n)s licence", "%(n)s licences", count) % {"n": count})
        return ", ".join(told)


def _of_state(value: Any) -> str:
    return str(dict(Status.choices).get(value, value))


def _of_choice(value: Any) -> str:
    return str(dict(EndChoice.choices).get(value, value or gettext("nobody has chosen")))


TOLD: Final[dict[str, tuple[Any, Callable[[Any], str]]]] = {
    "quantity": (_("licences"), str),
    "status": (_("status"), _of_state),
    "end_choice": (_("at the end of the term"), _of_choice),
    "auto_renew": (_("renewal"), lambda value: str(ENDS.get(value, value))),
    "term": (_("term"), lambda value: str(TERMS.get(value, value))),
}


def _told(name: str, before: Any, after: Any) -> str:
    label, words = TOLD[name]
    text = gettext("%(what)s: %(after)s (before: %(before)s)")
    return text % {"what": label, "after": words(after), "before": words(before)}


def _rows(actor: Actor, asked: Asked) -> QuerySet[Event]:
    first, last = moments_of(asked["month"], actor.account.time_zone)
    rows = events_for(actor).filter(kind__in=KINDS, at__gte=first, at__lt=last)
    return rows.order_by("pk")


def _dressed(actor: Actor, rows: list[Event]) -> list[Change]:
    """Two queries for a page, however long."""
    tenants = tenants_of(actor).in_bulk(_numbers("tenant", [row.listed_under for row in rows]))
    held = subscriptions_of(actor).select_related("tenant")
    subscriptions = held.in_bulk(_numbers("subscription", [row.subject for row in rows]))
    return [
        Change(
            row,
            tenants.get(_number("tenant", row.listed_under)),
            subscriptions.get(_number("subscription", row.subject)),
        )
        for row in rows
    ]


def _numbers(kind: str, keys: list[str]) -> set[int]:
    return {_number(kind, key) for key in keys} - {0}


def _number(kind: str, key: str) -> int:
    found, _colon, pk = key.partition(":")
    return int(pk) if found == kind and pk.isdecimal() else 0


def _places(rows: QuerySet[Event]) -> set[int]:
    return _numbers("tenant", list(rows.values_list("listed_under", flat=True).distinct()))


def _totals(actor: Actor, asked: Asked) -> list[Totals]:
    counts = _rows(actor, asked).order_by().values("kind").annotate(n=Count("pk"))
    lines = [[event_label(row["kind"]), row["n"]] for row in counts.order_by("-n", "kind")]
    heads = [_("What happened"), _("How often")]
    return [Totals(_("Totals of the month"), heads, lines)] if lines else []


def _service_cell(row: Change) -> object:
    return cells.link(row.tenant, row.tenant.display_name) if row.tenant else "–"


CHANGES = Report(
    name="changes",
    title=_("Changes of a month"),
    lead=_("Orders, licences, cancellations and renewals: what happened, and who did it."),
    icon="clock",
    rows=_rows,
    columns=(
        Item("at", _("When"), lambda row: row.event.at, words=lambda row: moment(row.event.at)),
        Item(
            "kind",
            _("What happened"),
            lambda row: row.event.kind,
            text=lambda row: event_label(row.event.kind),
        ),
        Item(
            "service",
            _("Service"),
            lambda row: row.tenant.display_name if row.tenant else "",
            cell=_service_cell,
            is_wide=True,
        ),
        Item(
            "licence",
            _("Licence name"),
            lambda row: row.subscription.name if row.subscription else "",
            is_wide=True,
        ),
        Item("details", _("Details"), lambda row: row.details, is_wide=True),
        Item(
            "by",
            _("By"),
            lambda row: row.event.by_label,
            words=lambda row: who(row.event.by_label),
            is_wide=True,
        ),
    ),
    parameters=MonthParameters,
    empty=_("Nothing changed in this month."),
    totals=_totals,
    notes=lambda actor, _asked: [
        gettext("The month is that of the time zone %(zone)s.") % {"zone": actor.account.time_zone}
    ],
    dressed=_dressed,
    about=_places,
)
