"""The service that rows of the journal are listed under."""

from typing import Any

from django.db.models import (
    BigIntegerField,
    Case,
    CharField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Cast, Concat, Substr
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from accounts.access import Actor
from tenants.access import tenants_of

PREFIX = "tenant:"
PAGES = {
    "subscription": "subscriptions:subscription",
    "order": "orders:order",
    "delegation": "tenants:delegation",
}
"""Subjects that have a page of their own, by number."""


def with_service(rows: QuerySet[Any], actor: Actor) -> QuerySet[Any]:
    """Each with `service` and `service_name`; None where it is about no service."""
    number = When(
        listed_under__regex=rf"^{PREFIX}\d+$",
        then=Cast(Substr("listed_under", len(PREFIX) + 1), BigIntegerField()),
    )
    named = tenants_of(actor).filter(pk=OuterRef("place")).order_by()
    annotated: QuerySet[Any] = rows.annotate(
        place=Case(number, default=None, output_field=BigIntegerField()),
        service=Subquery(named.values("display_name")[:1]),
        service_name=Subquery(named.values("service_name")[:1]),
    )
    return annotated


def of_service(rows: QuerySet[Any], actor: Actor, text: str) -> QuerySet[Any]:
    """Those listed under the services that carry this text in their name."""
    named = Q(display_name__icontains=text) | Q(service_name__icontains=text)
    key = Concat(Value(PREFIX), Cast("pk", CharField()))
    found = tenants_of(actor).filter(named).order_by()
    return rows.filter(listed_under__in=found.values(key=key))


def service_link(row: Any) -> SafeString | str:
    """To the page of the service."""
    if row.service_name is None:
        return "–"
    address = reverse("panel:service", args=[row.service_name])
    return format_html('<a href="{}">{}</a>', address, row.service)


def subject_link(row: Any) -> SafeString | str:
    """To the page of what it is about, where there is one."""
    kind, _colon, number = row.subject.partition(":")
    if kind == "tenant" and row.service_name is not None:
        return service_link(row)
    if kind in PAGES and number.isdecimal():
        address = reverse(PAGES[kind], args=[int(number)])
        return format_html('<a href="{}">{}</a>', address, row.subject)
    return str(row.subject)
