"""The door to the health of domains, for a person or a token."""

from django.db.models import F, QuerySet
from django.http import Http404

from accounts.access import Actor
from accounts.models import Role
from dnsconfig.health.models import latest
from dnsconfig.models import Domain
from tenants.access import tenant_for, tenants_of


def domain_for(actor: Actor, service_name: str, name: str, *, need: Role = Role.VIEWER) -> Domain:
    """Raises Http404 for a stranger, PermissionDenied (403) where the role does not reach."""
    tenant = tenant_for(actor, service_name)
    domain = tenant.domains.select_related("tenant__account").filter(name=name.lower()).first()
    if domain is None:
        raise Http404
    actor.need(need)
    return domain


def configured_domains(actor: Actor) -> QuerySet[Domain]:
    """Of the account, with their latest look, worst first; those never looked at come last."""
    rows = Domain.objects.filter(tenant__in=tenants_of(actor), configured_at__isnull=False)
    return (
        rows.select_related("tenant")
        .annotate(score=latest("score"), checked_at=latest("checked_at"), results=latest("results"))
        .order_by(F("score").asc(nulls_last=True), "name", "pk")
    )


def all_domains(actor: Actor) -> QuerySet[Domain]:
    """Configured or not, with the score and moment of their latest look."""
    rows = Domain.objects.filter(tenant__in=tenants_of(actor).order_by())
    looked = rows.annotate(score=latest("score"), checked_at=latest("checked_at"))
    return looked.select_related("tenant", "connection")
