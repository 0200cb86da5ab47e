"""Mails of this room to the people who run an account."""

from typing import Any

from django.conf import settings
from django.urls import reverse

from accounts.models import Role, reaching
from accounts.services import post_notice, tell_staff
from journal.people import PORTAL
from tenants.models import Delegation, DelegationState, Gdap, Tenant

RUN_IT = (Role.OWNER, Role.MANAGER)


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


def _tell(subject: Delegation | Tenant, template: str, context: dict[str, Any]) -> None:
    address = settings.PORTAL_URL + subject.get_absolute_url()
    tenant = subject.pk if isinstance(subject, Tenant) else subject.tenant_id
    members = subject.account.memberships.filter(reaching(tenant), role__in=RUN_IT)
    for member in members.select_related("user"):
        post_notice(
            to=member.user.email,
            template=template,
            language=member.user.language,
            context={**context, "address": address},
            by=PORTAL,
            account_id=subject.account_id,
        )
