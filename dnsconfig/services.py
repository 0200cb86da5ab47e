"""Use cases of the automatic domain configuration."""

from collections.abc import Collection, Mapping

from django.conf import settings
from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from accounts.models import Account
from common.refusals import Impossible
from dnsconfig import words
from dnsconfig.desired import SERVICES
from dnsconfig.models import DnsPlan, Domain, PlanState, ZoneConnection
from dnsconfig.names import BadName, clean_domain
from dnsconfig.providers import backend
from journal import services as journal
from journal.models import OPEN, Operation, State
from journal.people import By
from tenants.models import Tenant
from tenants.services import need_usable

PREPARE = (
    "dns.look_ahead",
    "domain.add",
    "dns.write_verification",
    "dns.refresh",
    "domain.verify",
    "domain.enable_services",
    "dns.plan",
)
APPLY = ("dns.apply", "dns.refresh", "dns.verify")
WRITES_ZONE = ("dns.write_verification", "dns.refresh", "dns.apply")
"""One of these at a time per zone; the others only look, or change the domain at Microsoft."""


@transaction.atomic
def add_connection(
    *, account: Account, provider: str, label: str, keys: Mapping[str, str], by: By
) -> ZoneConnection:
    """Keep the keys of an account at a DNS host, and list the zones that they open."""
    if provider not in settings.ZONE_PROVIDERS:
        raise Impossible(_("This DNS host is not known here."), field="provider")
    if account.zone_connections.filter(label=label).exists():
        raise Impossible(_("This name is used already."), field="label")
    asked = backend(provider).keys_asked
    for key in asked:
        if key.is_required and not keys.get(key.name):
            raise Impossible(_("Enter this key."), field=key.name)
    wanted = {key.name: keys.get(key.name, "").strip() for key in asked}
    connection = ZoneConnection.objects.create(
        account=account, provider=provider, label=label, keys=wanted
    )
    _record_connection(connection, "zoneconnection.added", by)
    refresh_zones(connection=connection, by=by)
    return connection


@transaction.atomic
def refresh_zones(*, connection: ZoneConnection, by: By) -> Operation:
    """List the zones again; the same listing while one is under way."""
    waiting = Operation.objects.filter(subject=connection.key, state__in=OPEN).first()
    return waiting or journal.ask(
        kind="dns.list_zones",
        account_id=connection.account_id,
        subject=connection.key,
        params={"connection": connection.pk},
        by=by,
    )


@transaction.atomic
def remove_connection(*, connection: ZoneConnection, by: By) -> None:
    """Forget the keys. Raises Impossible while a domain was configured through them."""
    _record_connection(connection, "zoneconnection.removed", by)
    try:
        connection.delete()
    except ProtectedError as error:
        raise Impossible(_("Domains were configured with these keys.")) from error


@transaction.atomic
def prepare(*, tenant: Tenant, domain_name: str, services: Collection[str], by: By) -> DnsPlan:
    """Begin: prove the domain at Microsoft, switch the services on, and plan its records.

    Nothing of the services is written before the plan was shown and launched. Raises Impossible.
    """
    Tenant.objects.select_for_update().get(pk=tenant.pk)
    need_usable(tenant)
    ticked = [service for service in SERVICES if service in services]
    if not ticked or len(ticked) != len(set(services)):
        raise Impossible(_("Tick at least one service."), field="services")
    domain = _domain(tenant, domain_name)
    _end_earlier(domain, by)
    plan = DnsPlan.objects.create(domain=domain, services=ticked, by_label=by.label)
    _ask_all(plan, PREPARE, by)
    _record(plan, "dns.prepared", by, services=ticked)
    return plan


@transaction.atomic
def launch(*, plan: DnsPlan, by: By) -> DnsPlan:
    """Write the plan that was shown. Raises Impossible for one that is not ready (any more)."""
    if not plan.launch():
        raise Impossible(_("This plan can no longer be launched."), code="state")
    _ask_all(plan, APPLY, by)
    _record(plan, "dns.launched", by)
    return plan


@transaction.atomic
def give_up(*, plan: DnsPlan, by: By) -> None:
    """End a run; what is written stays. Raises Impossible while a step is being done."""
    steps = Operation.objects.filter(journey=plan.journey)
    for step in steps.filter(state__in=[State.TODO, State.ERROR]).order_by("-pk"):
        journal.cancel(operation=step, by=by)
    if steps.filter(state__in=OPEN).exists():
        raise Impossible(_("A step is being carried out. Wait for it to end."), code="busy")
    if not plan.give_up():
        raise Impossible(_("This run has ended already."), code="state")
    _record(plan, "dns.given_up", by)


def _domain(tenant: Tenant, typed: str) -> Domain:
    """The row of a domain that lies in one of the account's zones. Raises Impossible."""
    try:
        name = clean_domain(typed)
    except BadName as error:
        raise Impossible(words.bad_name(error), field="domain", code=error.code) from error
    connection, zone = _holder(tenant.account, name)
    domain, _new = Domain.objects.update_or_create(
        tenant=tenant, name=name, defaults={"connection": connection, "zone": zone}
    )
    return domain


def _holder(account: Account, name: str) -> tuple[ZoneConnection, str]:
    """The connection whose zone holds the name most closely."""
    found = [(c, zone) for c in account.zone_connections.all() if (zone := c.zone_of(name))]
    if not found:
        text = _("%(name)s is in none of your zones.") % {"name": name}
        raise Impossible(text, field="domain", code="zone")
    return max(found, key=lambda pair: len(pair[1]))


def _end_earlier(domain: Domain, by: By) -> None:
    """A newer run replaces one that waits for a person or for the name servers."""
    earlier = domain.plans.open().first()
    if earlier is None:
        return
    if earlier.state == PlanState.WRITING or _is_at_work(earlier):
        raise Impossible(
            _("The configuration of this domain is under way already."),
            field="domain",
            code="busy",
        )
    give_up(plan=earlier, by=by)


def _is_at_work(plan: DnsPlan) -> bool:
    steps = Operation.objects.filter(journey=plan.journey)
    return plan.state == PlanState.PREPARING and not steps.filter(state=State.ERROR).exists()


def _ask_all(plan: DnsPlan, kinds: tuple[str, ...], by: By) -> None:
    """Each step after the one before; all that write to the zone share its subject."""
    domain, last = plan.domain, None
    for kind in kinds:
        last = journal.ask(
            kind=kind,
            account_id=domain.tenant.account_id,
            subject=domain.zone_key if kind in WRITES_ZONE else domain.key,
            listed_under=domain.tenant.key,
            journey=plan.journey,
            params={"plan": plan.pk},
            after=last,
            by=by,
        )


def _record(plan: DnsPlan, kind: str, by: By, **data: object) -> None:
    tenant = plan.domain.tenant
    journal.record(
        kind=kind,
        account_id=tenant.account_id,
        subject=plan.domain.key,
        listed_under=tenant.key,
        data={"domain": plan.domain.name, "plan": plan.pk, **data},
        by=by,
    )


def _record_connection(connection: ZoneConnection, kind: str, by: By) -> None:
    journal.record(
        kind=kind,
        account_id=connection.account_id,
        subject=connection.key,
        data={"label": connection.label, "provider": connection.provider},
        by=by,
    )
