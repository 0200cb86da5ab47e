"""What the page of one service shows, section by section."""

from typing import Any

from django.core.paginator import Paginator
from django.utils.translation import gettext_lazy as _

from accounts.access import Actor
from accounts.models import Role
from accounts.operations.access import events_for, operations_for
from common.clock import microsoft_now
from dnsconfig.access import dns_section
from journal.models import Operation
from panel.home.recent import LAST, Happening
from subscriptions.waiting.asked import APPROVAL, WaitingChange
from tenants.models import Tenant

PLACES = (
    ("details", _("Service details")),
    ("domains", _("Domains")),
    ("subscriptions", _("Subscriptions")),
    ("tasks", _("Tasks")),
    ("users", _("Users and licences")),
    ("contract", _("Agreement and MPN ID")),
    ("activity", _("Activity")),
)
"""The sections by their ids, in the order of the page."""


def tasks_of(actor: Actor, tenant: Tenant) -> dict[str, Any]:
    """What is under way, or waits for somebody."""
    tasks = operations_for(actor).listed_under(tenant.key).in_progress()
    return {
        "tenant": tenant,
        "tasks": list(tasks.order_by("pk")[:50]),
        "orders": list(tenant.orders.all()[:5]),
    }


def _waiting(tasks: list[Operation]) -> dict[int, WaitingChange]:
    """Changes that wait for an owner, by the number of their subscription."""
    found = [WaitingChange(task) for task in tasks if task.kind == APPROVAL]
    return {each.subscription_id: each for each in found}


def sections_of(actor: Actor, tenant: Tenant, *, page: str | None, size: int) -> dict[str, Any]:
    """All sections; `page` and `size` are of the subscriptions."""
    rows = tenant.subscriptions.select_related("licence").order_by("pk")
    uses = list(tenant.licence_uses.all())
    events = events_for(actor).filter(listed_under=tenant.key)[:LAST]
    under_way = tasks_of(actor, tenant)
    return {
        **under_way,
        "waiting": _waiting(under_way["tasks"]),
        "busy": {task.subject for task in under_way["tasks"]},
        "places": PLACES,
        "subscriptions": Paginator(rows, size).get_page(page),
        "uses": uses,
        "counted_at": uses[0].counted_at if uses else None,
        "dns": dns_section(actor, tenant),
        "activity": [Happening(event, tenant) for event in events],
        "may_operate": actor.may(Role.OPERATOR),
        "may_manage": actor.may(Role.MANAGER),
        "now": microsoft_now(),
    }
