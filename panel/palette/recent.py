"""Pages that this browser has lately shown, as their person may see them today.

The browser keeps addresses alone; names come from here, through the doors.
"""

from typing import Any

from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _

from accounts.access import Actor
from orders.access import orders_of
from panel.palette.entries import MOST, Entry
from panel.palette.pages import open_to
from subscriptions.access import subscriptions_of
from tenants.access import tenants_of

Found = dict[str, Entry]


def recent_pages(actor: Actor, addresses: str) -> list[Entry]:
    """Addresses apart by spaces, newest first; at most one query per kind of row."""
    paths = [*dict.fromkeys(addresses.split())][: 2 * MOST]
    found = {page.entry.url: page.entry for page in open_to(actor)}
    found |= _services(actor, _arguments(paths, "panel:service"))
    found |= _subscriptions(actor, _arguments(paths, "subscriptions:subscription"))
    found |= _orders(actor, _arguments(paths, "orders:order"))
    return [found[path] for path in paths if path in found][:MOST]


def _arguments(paths: list[str], name: str) -> list[Any]:
    """Of those addresses that are this page's."""
    known: list[Any] = []
    for path in paths:
        try:
            match = resolve(path)
        except Resolver404:
            continue
        if match.view_name == name:
            known += match.kwargs.values()
    return known


def _services(actor: Actor, names: list[Any]) -> Found:
    rows = tenants_of(actor).filter(service_name__in=names)
    return {
        row.get_absolute_url(): Entry(
            row.display_name, row.get_absolute_url(), "building", row.service_name
        )
        for row in rows
    }


def _subscriptions(actor: Actor, numbers: list[Any]) -> Found:
    rows = subscriptions_of(actor).filter(pk__in=numbers).select_related("tenant")
    return {
        row.get_absolute_url(): Entry(
            str(row), row.get_absolute_url(), "card-checklist", row.tenant.display_name
        )
        for row in rows
    }


def _orders(actor: Actor, numbers: list[Any]) -> Found:
    rows = orders_of(actor).filter(pk__in=numbers)
    return {
        row.get_absolute_url(): Entry(
            _("Order %(number)s") % {"number": row},
            row.get_absolute_url(),
            "receipt",
            row.tenant.display_name,
        )
        for row in rows
    }
