"""Runs: a wish is prepared, shown, decided, launched, undone."""

from collections.abc import Collection, Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from common.refusals import Impossible
from dnsconfig.desired import SERVICES
from dnsconfig.extras import Extras
from dnsconfig.models import DnsPlan, Domain, Kind, PlanState
from dnsconfig.plan import Way
from dnsconfig.services.domains import domain_of
from journal import services as journal
from journal.models import OPEN, Operation, State
from journal.people import By
from tenants.models import Tenant
from tenants.services import need_usable

LOOK = ("dns.look_ahead",)
PROVE = (
    "domain.add",
    "dns.write_verification",
    "dns.refresh",
    "domain.verify",
    "domain.enable_services",
    "dns.plan",
)
PREPARE = (*LOOK, *PROVE)
APPLY = ("dns.apply", "dns.refresh", "dns.verify")
WAY_BACK = ("dns.plan_back",)
WRITES_ZONE = ("dns.write_verification", "dns.refresh", "dns.apply")
"""One of these at a time per zone; the others only look, or change the domain at Microsoft."""


@transaction.atomic
def prepare(
    *,
    tenant: Tenant,
    domain_name: str,
    services: Collection[str],
    by: By,
    extras: Extras | None = None,
    is_dry: bool = False,
) -> DnsPlan:
    """Begin: prove the domain at Microsoft, switch the services on, and plan its records.

    Nothing of the services is written before the plan was shown and launched; a dry run (`is_dry`)
    only looks. Raises Impossible.
    """
    Tenant.objects.select_for_update().get(pk=tenant.pk)
    need_usable(tenant)
    ticked = [service for service in SERVICES if service in services]
    if not ticked or len(ticked) != len(set(services)):
        raise Impossible(_("Tick at least one service."), field="services")
    domain = domain_of(tenant, domain_name)
    _end_earlier(domain, by)
    plan = DnsPlan.objects.create(
        domain=domain,
        services=ticked,
        extras=(extras or Extras()).to_json(),
        is_dry=is_dry,
        by_label=by.label,
    )
    _ask_all(plan, _steps(domain, is_dry=is_dry), by)
    _record(plan, "dns.prepared", by, services=ticked)
    return plan


@transaction.atomic
def decide(*, plan: DnsPlan, decisions: Mapping[str, str], by: By) -> DnsPlan:
    """Choose a way for changes of the plan that is shown, by their keys.

    Where the likely plan waited for it, the run goes on. Raises Impossible.
    """
    plan = DnsPlan.objects.select_for_update().get(pk=plan.pk)
    shown = plan.plan
    if shown is None or plan.state not in (PlanState.READY, PlanState.CONFLICT):
        raise Impossible(_("There is nothing to decide here (any more)."), code="state")
    chosen = _ways(plan, decisions)
    decided = shown.decide(chosen)
    plan.decide(decided, chosen)
    _record(plan, "dns.decided", by, decisions={key: way.value for key, way in chosen.items()})
    if plan.is_likely and not plan.is_dry and not decided.is_blocked:
        plan.resume()
        _ask_all(plan, PROVE, by)
    return plan


@transaction.atomic
def launch(*, plan: DnsPlan, by: By) -> DnsPlan:
    """Write the plan that was shown. Raises Impossible for one that is not ready (any more)."""
    if plan.is_dry:
        raise Impossible(_("This was a trial run. Begin a configuration to write."), code="dry")
    if not plan.launch():
        raise Impossible(_("This plan can no longer be launched."), code="state")
    _ask_all(plan, APPLY, by)
    _record(plan, "dns.launched", by)
    return plan


@transaction.atomic
def undo(*, plan: DnsPlan, by: By) -> DnsPlan:
    """Plan the way back from one run; it is shown before anything is written. Raises Impossible."""
    if not plan.can_be_undone:
        raise Impossible(_("This run has written nothing that could be undone."), code="state")
    return _way_back(plan.domain, Kind.UNDO, by, undoes=plan)


@transaction.atomic
def withdraw(*, domain: Domain, by: By) -> DnsPlan:
    """Plan to take away what is still ours in the zone. Raises Impossible."""
    if not domain.plans.exclude(applied=None).exists():
        raise Impossible(_("Nothing was written for this domain."), code="state")
    return _way_back(domain, Kind.WITHDRAW, by)


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


def _way_back(domain: Domain, kind: Kind, by: By, undoes: DnsPlan | None = None) -> DnsPlan:
    _end_earlier(domain, by)
    plan = DnsPlan.objects.create(
        domain=domain,
        kind=kind,
        services=undoes.services if undoes else [],
        undoes=undoes,
        by_label=by.label,
    )
    _ask_all(plan, WAY_BACK, by)
    _record(plan, f"dns.{kind.value}_prepared", by)
    return plan


def _steps(domain: Domain, *, is_dry: bool) -> tuple[str, ...]:
    """A dry run asks Microsoft only for what it knows already."""
    if not is_dry:
        return PREPARE
    return (*LOOK, "dns.plan") if domain.verified_at else LOOK


def _ways(plan: DnsPlan, decisions: Mapping[str, str]) -> dict[str, Way]:
    """Raises Impossible for a change or a way that the plan does not have."""
    shown = plan.plan
    changes = {change.key: change for change in shown.changes} if shown else {}
    found: dict[str, Way] = {}
    for key, code in decisions.items():
        options = [option.way for option in changes[key].options] if key in changes else []
        if code not in options:
            raise Impossible(_("This choice is not offered (any more)."), field=key, code="way")
        found[key] = Way(code)
    return found


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
