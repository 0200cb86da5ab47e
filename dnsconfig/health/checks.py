"""All checks, in the order in which people read them. Pure."""

from collections.abc import Callable

from dnsconfig.health import alias_checks, mail_checks, zone_checks
from dnsconfig.health.facts import Facts
from dnsconfig.health.results import Result

CHECKS: tuple[Callable[[Facts], Result | None], ...] = (
    zone_checks.parent,
    zone_checks.servers,
    zone_checks.dnssec,
    mail_checks.mx,
    mail_checks.policy,
    mail_checks.dkim,
    mail_checks.dmarc,
    alias_checks.autodiscover,
    alias_checks.federation,
    alias_checks.registration,
    alias_checks.enrollment,
    zone_checks.msoid,
)


def run(facts: Facts) -> list[Result]:
    """What each check that applies to the domain says."""
    results = (check(facts) for check in CHECKS)
    return [one for one in results if one is not None]
