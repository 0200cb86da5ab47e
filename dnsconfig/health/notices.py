"""Mail to those who can repair a domain."""

from collections.abc import Iterable

from django.conf import settings
from django.urls import reverse

from accounts.models import Role, reaching
from accounts.services import post_notice
from dnsconfig.health.results import Result
from dnsconfig.health.shown import Row
from dnsconfig.models import Domain
from journal.people import PORTAL

REPAIR_IT = (Role.OWNER, Role.OPERATOR)


def tell_of_regression(domain: Domain, results: Iterable[Result]) -> None:
    """What was good and is not any more, in each one's language."""
    path = reverse("dnsconfig:health", args=[domain.tenant.service_name, domain.name])
    context = {
        "domain": domain,
        "tenant": domain.tenant,
        "rows": [Row(one) for one in results],
        "address": settings.PORTAL_URL + path,
    }
    members = domain.tenant.account.memberships.filter(
        reaching(domain.tenant_id), role__in=REPAIR_IT
    )
    for member in members.select_related("user"):
        post_notice(
            to=member.user.email,
            template="domain_health",
            language=member.user.language,
            context=context,
            by=PORTAL,
            account_id=domain.tenant.account_id,
        )
