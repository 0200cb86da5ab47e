"""Where each kind of need comes from: one query each, only rows of the actor's account."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Final

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.access import Actor
from accounts.models import PartnerState
from accounts.operations.access import may_change, operations_for
from accounts.operations.labels import label_of
from common.templatetags.values import money
from dnsconfig.health.access import configured_domains
from dnsconfig.health.results import Health
from dnsconfig.health.shown import Summary
from dnsconfig.models import DnsPlan, PlanState
from journal.models import NextActor, Operation, State
from orders.access import waiting_for_approval
from panel.home import needs
from panel.home.needs import SHOWN, Group, Kind, Need
from subscriptions.access import renewals_for, subscriptions_of, undecided_for
from subscriptions.contracts import batches
from subscriptions.models import Status, Subscription, has_window
from subscriptions.renewals import UNDECIDED
from subscriptions.waiting.asked import WaitingChange
from tenants.access import delegations_of, tenants_of
from tenants.models import Qualification, QualificationState, TenantState

FIRST: Final = SHOWN + 1
CLOSING: Final = timedelta(hours=48)
RENEWING: Final = timedelta(days=30)
FRESH: Final = timedelta(days=7)
"""How long a decision of Microsoft's is news."""
LOOKED_AT: Final = 500
"""Subscriptions with a closing window that are compared: more than anybody acts on in a day."""


def _because(what: object, reason: str) -> str:
    return _("%(what)s: %(reason)s") % {"what": what, "reason": reason}


def stuck(actor: Actor, _at: datetime) -> list[Need]:
    """Operations that stopped and that the reseller alone can mend."""
    rows = operations_for(actor).filter(state=State.ERROR, next_actor=NextActor.RESELLER)
    return [_operation(actor, row) for row in rows[:FIRST]]


def elsewhere(actor: Actor, _at: datetime) -> list[Need]:
    """Operations that stopped and that somebody else must mend."""
    failed = operations_for(actor).filter(state=State.ERROR)
    rows = failed.exclude(next_actor=NextActor.RESELLER)
    return [_operation(actor, row) for row in rows[:FIRST]]


def _operation(actor: Actor, row: Operation) -> Need:
    """Steps of an order lead to the order, where the data can be corrected."""
    text = label_of(row.kind)
    if row.error_text:
        text = _because(text, _(row.error_text))
    kind, _colon, number = row.journey.partition(":")
    if kind == "order" and number.isdecimal():
        return Need(text, reverse("orders:order", args=[number]), may=may_change(actor, row))
    return Need(text, reverse("operations:operation", args=[row.pk]), may=may_change(actor, row))


def approvals(actor: Actor, _at: datetime) -> list[Need]:
    """Orders that nobody may send before an owner says yes."""
    may = actor.may(needs.APPROVAL.role)
    return [
        Need(
            _because(row.tenant.display_name, f"{row.placed_by}, {money(row.total, row.currency)}"),
            row.get_absolute_url(),
            may=may,
        )
        for row in waiting_for_approval(actor)[:FIRST]
    ]


def waiting_changes(actor: Actor, _at: datetime) -> list[Need]:
    """Changes of subscriptions that nobody may make before an owner says yes."""
    may = actor.may(needs.CHANGE.role)
    found = [WaitingChange(step) for step in undecided_for(actor)[:FIRST]]
    return [Need(_wished(row), row.get_absolute_url(), may=may) for row in found]


def _wished(row: WaitingChange) -> str:
    reason = f"{row.text}, {row.by.label}, {money(row.amount, row.currency)}"
    return _because(f"{row.service} · {row.name}", reason)


def windows(actor: Actor, at: datetime) -> list[Need]:
    """Batches of seats whose window closes within 48 hours, the next one first."""
    rows = subscriptions_of(actor).filter(
        has_window(after=at, until=at + CLOSING), status=Status.ACTIVE
    )
    found = [
        (batch.until, batch.quantity, row)
        for row in rows.select_related("tenant").order_by("pk")[:LOOKED_AT]
        for batch in batches(row)
        if at < batch.until <= at + CLOSING
    ]
    found.sort(key=lambda each: each[0])
    return [_window(actor, *each) for each in found[:FIRST]]


def _window(actor: Actor, until: datetime, quantity: int, row: Subscription) -> Need:
    text = ngettext(
        "%(count)s licence of %(name)s, %(tenant)s",
        "%(count)s licences of %(name)s, %(tenant)s",
        quantity,
    )
    words = {"count": quantity, "name": row.name, "tenant": row.tenant.display_name}
    may = actor.may(needs.WINDOW.role)
    url = reverse("subscriptions:seats", args=[row.pk]) if may else row.get_absolute_url()
    return Need(text % words, url, until, may)


def partner_ids(actor: Actor, _at: datetime) -> list[Need]:
    """MPN IDs that are refused, or under which services run only for a while."""
    rows = actor.account.partner_ids.on_board()
    bad = rows.filter(Q(state=PartnerState.REFUSED) | Q(grace_until__isnull=False))
    may = actor.may(needs.MPN.role)
    return [
        Need(_mpn_text(row), reverse("accounts:partner_board"), row.grace_until, may)
        for row in bad[:FIRST]
    ]


def _mpn_text(row: Any) -> str:
    name = f"{row.mpn_id} {row.name}".strip()
    return _because(name, row.reason) if row.reason else name


def suspended(actor: Actor, _at: datetime) -> list[Need]:
    """Services that are closed, or about to be."""
    closed = [TenantState.SUSPENDED, TenantState.SUSPENDING]
    rows = tenants_of(actor).filter(state__in=closed)
    return [Need(row.display_name, row.get_absolute_url()) for row in rows[:FIRST]]


def delegations(actor: Actor, _at: datetime) -> list[Need]:
    """Customers who have said yes, and whose tenant waits for the second validation."""
    may = actor.may(needs.DELEGATION.role)
    found = []
    for row in delegations_of(actor).to_validate()[:FIRST]:
        text = _because(f"{row.tenant_name} ({row.company})", row.get_state_display())
        validate = reverse("tenants:delegation_validate", args=[row.pk])
        found.append(Need(text, validate if may else row.get_absolute_url(), may=may))
    return found


def plans(actor: Actor, _at: datetime) -> list[Need]:
    """Runs that show a plan and write nothing until somebody says so."""
    shown = [PlanState.READY, PlanState.CONFLICT]
    rows = DnsPlan.objects.filter(
        domain__tenant__in=tenants_of(actor), state__in=shown, is_dry=False
    )
    may = actor.may(needs.PLAN.role)
    return [
        Need(_because(row.domain, row.get_state_display()), row.get_absolute_url(), may=may)
        for row in rows.select_related("domain__tenant")[:FIRST]
    ]


def domains(actor: Actor, _at: datetime) -> list[Need]:
    """Domains whose latest look found something failed."""
    rows = configured_domains(actor).filter(Q(results__contains=[{"health": Health.FAILED.value}]))
    may = actor.may(needs.DOMAIN.role)
    return [
        Need(
            _because(row, ", ".join(Summary(row).failed)),
            reverse("dnsconfig:health", args=[row.tenant.service_name, row.name]),
            may=may,
        )
        for row in rows[:FIRST]
    ]


def qualifications(actor: Actor, at: datetime) -> list[Need]:
    """What Microsoft has decided in the last days."""
    decided = [QualificationState.APPROVED, QualificationState.DENIED, QualificationState.ENDED]
    rows = Qualification.objects.filter(
        tenant__in=tenants_of(actor), state__in=decided, decided_at__gt=at - FRESH
    )
    return [
        Need(
            _because(f"{row.tenant}, {row.get_segment_display()}", row.get_state_display()),
            reverse("tenants:qualifications", args=[row.tenant.service_name]),
            row.decided_at,
        )
        for row in rows.select_related("tenant").order_by("-decided_at")[:FIRST]
    ]


def renewals(actor: Actor, at: datetime) -> list[Need]:
    """How many terms end soon. Monthly ones that renew by themselves are no news."""
    ending = renewals_for(actor).filter(
        commitment_ends_at__gt=at, commitment_ends_at__lte=at + RENEWING
    )
    news = ending.exclude(term="P1M", auto_renew=True).order_by()
    counted = news.aggregate(all=Count("pk"), undecided=Count("pk", filter=Q(outlook=UNDECIDED)))
    if not counted["all"]:
        return []
    text = ngettext(
        "The term of %(count)s subscription ends within 30 days.",
        "The terms of %(count)s subscriptions end within 30 days.",
        counted["all"],
    ) % {"count": counted["all"]}
    if counted["undecided"]:
        more = ngettext(
            "Nobody has chosen what happens to %(count)s of them.",
            "Nobody has chosen what happens to %(count)s of them.",
            counted["undecided"],
        )
        text = f"{text} {more % {'count': counted['undecided']}}"
    return [Need(text, reverse("subscriptions:renewals"), may=actor.may(needs.RENEWAL.role))]


SOURCES: Final[list[tuple[Kind, Callable[[Actor, datetime], list[Need]]]]] = [
    (needs.STUCK, stuck),
    (needs.APPROVAL, approvals),
    (needs.CHANGE, waiting_changes),
    (needs.WINDOW, windows),
    (needs.MPN, partner_ids),
    (needs.SUSPENDED, suspended),
    (needs.DELEGATION, delegations),
    (needs.PLAN, plans),
    (needs.DOMAIN, domains),
    (needs.RENEWAL, renewals),
    (needs.QUALIFICATION, qualifications),
    (needs.ELSEWHERE, elsewhere),
]
"""Most pressing first. Each asks for one row more than is shown."""


def needs_of(actor: Actor, at: datetime) -> list[Group]:
    """What waits in the actor's account at `at`; a constant number of queries."""
    found = [(kind, source(actor, at)) for kind, source in SOURCES]
    return [Group(kind, rows[:SHOWN], len(rows) > SHOWN) for kind, rows in found if rows]
