"""The only door to zones, domains and plans for a person or a token."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404

from accounts.access import Actor
from accounts.models import Role
from dnsconfig.forms import ConfigureForm
from dnsconfig.models import DnsPlan, Domain, ZoneConnection
from tenants.access import tenant_for
from tenants.models import Tenant


@dataclass(frozen=True)
class Section:
    """*Automatic domain configuration* on the page of a service."""

    form: ConfigureForm
    plans: list[DnsPlan]
    has_connections: bool
    may_own: bool
    """May connect zones."""


def dns_section(actor: Actor, tenant: Tenant) -> Section:
    """What the section shows: the form and the latest runs."""
    connections = list(connections_of(actor))
    form = ConfigureForm(zones=_names(actor, connections))
    plans = list(plans_of(tenant)[:5])
    return Section(form, plans, bool(connections), actor.may(Role.OWNER))


def zones_of(actor: Actor) -> list[str]:
    """The names in the drop-down, sorted."""
    return _names(actor, connections_of(actor))


def zones_beyond(actor: Actor) -> set[str]:
    """Zones in which only services out of the actor's reach have a domain."""
    if not actor.reach.is_limited:
        return set()
    rows = Domain.objects.filter(tenant__account=actor.account)
    within = rows.filter(actor.reach.within("tenant"))
    beyond = rows.filter(actor.reach.beyond("tenant"))
    return set(beyond.exclude(zone__in=within.values("zone")).values_list("zone", flat=True))


def _names(actor: Actor, connections: Iterable[ZoneConnection]) -> list[str]:
    return sorted({zone for row in connections for zone in row.zones} - zones_beyond(actor))


def connections_of(actor: Actor) -> QuerySet[ZoneConnection]:
    return ZoneConnection.objects.filter(account=actor.account)


def connection_for(actor: Actor, pk: int, *, need: Role = Role.VIEWER) -> ZoneConnection:
    """Raises Http404 for a stranger, PermissionDenied (403) where the role does not reach."""
    connection = connections_of(actor).filter(pk=pk).first()
    if connection is None:
        raise Http404
    actor.need(need)
    return connection


def connection_of_zone(actor: Actor, name: str) -> tuple[ZoneConnection, str] | None:
    """Where a name would be written: for the live check of its delegation."""
    found = [(row, zone) for row in connections_of(actor) if (zone := row.zone_of(name))]
    return max(found, key=lambda pair: len(pair[1]), default=None)


def domains_of(tenant: Tenant) -> QuerySet[Domain]:
    """With `is_written`: our records may be in the zone."""
    written = DnsPlan.objects.filter(domain=OuterRef("pk"), applied__isnull=False)
    return tenant.domains.annotate(is_written=Exists(written))


def domain_for(actor: Actor, service_name: str, name: str, *, need: Role = Role.VIEWER) -> Domain:
    """Raises Http404 for a stranger, PermissionDenied (403) where the role does not reach."""
    tenant = tenant_for(actor, service_name)
    domain = domains_of(tenant).select_related("tenant__account").filter(name=name).first()
    if domain is None:
        raise Http404
    actor.need(need)
    return domain


def plans_of(tenant: Tenant) -> QuerySet[DnsPlan]:
    return DnsPlan.objects.filter(domain__tenant=tenant).select_related("domain__tenant")


def plan_for(actor: Actor, service_name: str, pk: int, *, need: Role = Role.VIEWER) -> DnsPlan:
    """Raises Http404 for a stranger, PermissionDenied (403) where the role does not reach."""
    tenant = tenant_for(actor, service_name)
    plan = plans_of(tenant).filter(pk=pk).first()
    if plan is None:
        raise Http404
    actor.need(need)
    return plan
