"""Mail to those who can repair a domain."""

from collections.abc import Iterable

from django.conf import settings
from django.urls import reverse

from accounts.models import Topic
from accounts.services import tell_members
from dnsconfig.health.results import Result
from dnsconfig.health.shown import Row
from dnsconfig.models import Domain


def tell_of_regression(domain: Domain, results: Iterable[Result]) -> None:
    """What was good and is not any more, in each one's language."""
    path = reverse("dnsconfig:health", args=[domain.tenant.service_name, domain.name])
    context = {
        "domain": domain,
        "tenant": domain.tenant,
        "rows": [Row(one) for one in results],
        "address": settings.PORTAL_URL + path,
    }
    tell_members(
        account=domain.tenant.account,
        topic=Topic.DOMAINS,
        template="domain_health",
        context=context,
        place=domain.tenant.key,
    )
