"""What the journal does for a domain, at Microsoft and in its zone; this room's door to others."""

from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext_noop

from common.errors import Busy, Misconfigured, Refused, RemoteError
from dnsconfig import clouds, delegation
from dnsconfig.models import DnsPlan, Domain, ZoneConnection
from dnsconfig.providers import ZoneProvider, connect
from dnsconfig.resolver import Unanswered, configured
from journal import services as journal
from journal.models import Operation, State
from journal.people import PORTAL
from journal.work import Done, Work

NO_DNS = gettext_noop("The name servers of the parent zone do not answer.")
NOT_OURS = gettext_noop("The zone no longer belongs to this account.")


def plan_of(work: Work) -> DnsPlan:
    """The run that an operation is a step of, with all that its steps read."""
    rows: QuerySet[DnsPlan] = DnsPlan.objects.select_related(
        "domain__tenant__account", "domain__tenant__gdap", "domain__connection"
    )
    return rows.get(pk=work.params["plan"])


def provider_of(connection: ZoneConnection, **options: Any) -> ZoneProvider:
    """Opened with the account's keys."""
    return connect(connection.provider, connection.keys or {}, **options)


def zone_provider_of(domain: Domain) -> ZoneProvider:
    """The provider of a domain's zone. Raises Refused when the account no longer holds it."""
    if domain.connection.account_id != domain.tenant.account_id:
        raise Refused(NOT_OURS, code="zone")
    return provider_of(domain.connection)


def cloud_of(domain: Domain) -> str:
    """Which of Microsoft's clouds the tenant is in: its region's `CLOUD`, worldwide if unsaid."""
    entry: dict[str, Any] = settings.PARTNER_CENTER[domain.tenant.market]
    cloud = str(entry.get("CLOUD", clouds.WORLDWIDE))
    if cloud not in clouds.CLOUDS:
        raise Misconfigured(f"MICROSOFT_CLOUD: {cloud!r} is not known.", code="cloud")
    return cloud


def delegation_problem(domain: Domain) -> dict[str, Any] | None:
    """Why the zone's records would not be seen, or None. Raises Busy where nobody can tell."""
    servers = zone_provider_of(domain).name_servers(domain.zone)
    try:
        found = configured().delegation(domain.zone)
    except Unanswered as error:
        raise Busy(NO_DNS, code="dns") from error
    held = domain.connection.zones
    return delegation.problem(zone=domain.zone, found=found, servers=servers, held=held)


def check_delegation(connection: ZoneConnection, zone: str) -> dict[str, Any] | None:
    """The same for a live check: three seconds for each side, and None where nobody can tell."""
    try:
        servers = provider_of(connection, timeout=(3.0, 3.0)).name_servers(zone)
        found = configured(lifetime=3.0).delegation(zone)
    except (RemoteError, Unanswered):
        return None
    return delegation.problem(zone=zone, found=found, servers=servers, held=connection.zones)


def refused(plan: DnsPlan, problem: dict[str, Any]) -> Done:
    """End the run before anything was written; the steps that follow are given up."""

    def write(operation: Operation) -> None:
        plan.refuse(problem)
        give_up_rest(operation)
        record(plan, "dns.refused", operation, **problem)

    return Done({"problem": problem}, write)


def give_up_rest(operation: Operation) -> None:
    """The steps after this one are not wanted any more."""
    for follower in operation.followers.filter(state=State.TODO):
        journal.cancel(operation=follower, by=PORTAL)


def record(plan: DnsPlan, kind: str, operation: Operation, **data: Any) -> None:
    """Write an event of the domain's tenant."""
    tenant = plan.domain.tenant
    journal.record(
        kind=kind,
        account_id=tenant.account_id,
        subject=plan.domain.key,
        listed_under=tenant.key,
        data={"domain": plan.domain.name, "plan": plan.pk, **data},
        operation=operation,
    )
