"""Mails of this room to the people who run an account."""

from typing import Any

from django.conf import settings
from django.urls import reverse

from accounts.models import Topic
from accounts.services import tell_members, tell_staff
from tenants.models import Delegation, DelegationState, Gdap, Tenant


def tell_of_delegation(delegation: Delegation) -> None:
    """Its new state, and whether the reseller must act."""
    _tell(delegation, "delegation", {"delegation": delegation})
    if delegation.state == DelegationState.STAFF:
        path = reverse("admin:tenants_delegation_change", args=[delegation.pk])
        context = {"delegation": delegation, "address": settings.PORTAL_URL + path}
        tell_staff(template="delegation", context=context)


def tell_of_rights(gdap: Gdap) -> None:
    """The delegated rights end soon or have ended."""
    _tell(gdap.tenant, "rights", {"tenant": gdap.tenant, "gdap": gdap})


def _place(subject: Delegation | Tenant) -> str:
    if isinstance(subject, Delegation) and subject.tenant is not None:
        return subject.tenant.key
    return subject.key


def _tell(subject: Delegation | Tenant, template: str, context: dict[str, Any]) -> None:
    address = settings.PORTAL_URL + subject.get_absolute_url()
    tell_members(
        account=subject.account,
        topic=Topic.DELEGATIONS,
        template=template,
        context={**context, "address": address},
        place=_place(subject),
    )
