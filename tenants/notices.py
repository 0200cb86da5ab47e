"""Mails of this room to the people who run an account."""

from typing import Any

from django.conf import settings
from django.urls import reverse

from accounts.models import Role, User
from accounts.services import post_notice
from journal.people import PORTAL
from tenants.models import Delegation, DelegationState, Gdap, Tenant

RUN_IT = (Role.OWNER, Role.MANAGER)


def tell_of_delegation(delegation: Delegation) -> None:
    """Its new state, and whether the reseller must act."""
    _tell(delegation, "delegation", {"delegation": delegation})
    if delegation.state == DelegationState.STAFF:
        _tell_staff(delegation)


def tell_of_rights(gdap: Gdap) -> None:
    """The delegated rights end soon or have ended."""
    _tell(gdap.tenant, "rights", {"tenant": gdap.tenant, "gdap": gdap})


def _tell_staff(delegation: Delegation) -> None:
    """One mail to each active member of staff: the decision is theirs."""
    path = reverse("admin:tenants_delegation_change", args=[delegation.pk])
    for person in User.objects.filter(is_staff=True, is_active=True).exclude(email=""):
        post_notice(
            to=person.email,
            template="delegation",
            language=person.language,
            context={"delegation": delegation, "address": settings.PORTAL_URL + path},
            by=PORTAL,
        )


def _tell(subject: Delegation | Tenant, template: str, context: dict[str, Any]) -> None:
    address = settings.PORTAL_URL + subject.get_absolute_url()
    members = subject.account.memberships.filter(role__in=RUN_IT).select_related("user")
    for member in members:
        post_notice(
            to=member.user.email,
            template=template,
            language=member.user.language,
            context={**context, "address": address},
            by=PORTAL,
            account_id=subject.account_id,
        )
