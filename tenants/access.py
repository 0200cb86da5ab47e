"""The only door to tenants for a person or a token."""

from django.db.models import QuerySet
from django.http import Http404

from accounts.access import Actor
from accounts.models import Role
from tenants.models import Credential, Delegation, DelegationQuerySet, Qualification, Tenant


def tenants_of(actor: Actor) -> QuerySet[Tenant]:
    """All services of the account within the actor's reach."""
    return Tenant.objects.filter(actor.reach.within("pk"), account=actor.account)


def tenant_for(actor: Actor, service_name: str, *, need: Role = Role.VIEWER) -> Tenant:
    """The tenant of the actor's account. Raises Http404 for a stranger, PermissionDenied (403)
    for one whose role does not reach."""
    rows = tenants_of(actor).filter(service_name=service_name)
    tenant = rows.select_related("account", "partner_id", "gdap", "agreement", "delegation").first()
    if tenant is None:
        raise Http404
    actor.need(need)
    return tenant


def credential_for(actor: Actor, pk: int) -> Credential:
    """A password that waits to be shown to just this person. Raises Http404 for anybody else."""
    rows = Credential.objects.filter(
        pk=pk, tenant__in=tenants_of(actor), show_to_id=actor.user.pk, erased_at=None
    )
    credential = rows.select_related("tenant").first()
    if credential is None:
        raise Http404
    return credential


def delegations_of(actor: Actor) -> DelegationQuerySet:
    """The account's own wishes, newest first; of limited reach, those that are a tenant of it."""
    rows = Delegation.objects.filter(actor.reach.within("tenant"), account=actor.account)
    return rows.select_related("account", "partner_id", "tenant")


def delegation_for(actor: Actor, pk: int, *, need: Role = Role.VIEWER) -> Delegation:
    """The wish of the actor's account. Raises Http404 for a stranger, PermissionDenied (403)
    for one whose role does not reach."""
    delegation = delegations_of(actor).filter(pk=pk).first()
    if delegation is None:
        raise Http404
    actor.need(need)
    return delegation


def qualification_for(
    actor: Actor, service_name: str, segment: str, *, need: Role = Role.VIEWER
) -> Qualification:
    """What was asked about a customer of the account. Raises Http404 and PermissionDenied."""
    tenant = tenant_for(actor, service_name, need=need)
    row = tenant.qualifications.select_related("tenant__account").filter(segment=segment).first()
    if row is None:
        raise Http404
    return row
