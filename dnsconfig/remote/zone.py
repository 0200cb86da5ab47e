"""The domain's zone at its host: looked at, planned for, written, refreshed."""

from collections.abc import Iterable

from django.utils.translation import gettext_noop

from dnsconfig import ahead, plan
from dnsconfig.desired import BadRecord, NotReady, verification_record
from dnsconfig.models import DnsPlan, PlanState, ZoneConnection
from dnsconfig.plan import Plan
from dnsconfig.providers import Outcome
from dnsconfig.records import Record
from dnsconfig.remote import (
    delegation_problem,
    give_up_rest,
    plan_of,
    provider_of,
    record,
    refused,
    zone_provider_of,
)
from journal.models import NextActor, Operation
from journal.work import Done, Wait, Work
from partnercenter import connect

NOT_PREPARED = gettext_noop("Microsoft has not prepared the domain's records yet.")


def list_zones(work: Work) -> Done:
    """`dns.list_zones`: which zones the keys open; proves the keys, too."""
    connection = ZoneConnection.objects.get(pk=work.params["connection"])
    zones = provider_of(connection).zones()
    return Done({"zones": len(zones)}, lambda _operation: connection.list_zones(zones))


def look_ahead(work: Work) -> Done:
    """`dns.look_ahead`: delegation and known conflicts, before anything is written anywhere."""
    run = plan_of(work)
    problem = delegation_problem(run.domain)
    if problem:
        return refused(run, problem)
    if run.domain.verified_at:
        return Done()
    existing = zone_provider_of(run.domain).read(run.domain.zone)
    found = ahead.look(domain=run.domain.name, services=run.services, existing=existing)
    return _offered(run, found) if found.is_blocked else Done()


def write_verification(work: Work) -> Done | Wait:
    """`dns.write_verification`: the record that proves ownership, beside all that is there."""
    run = plan_of(work)
    domain = run.domain
    if domain.verified_at:
        return Done()
    told = connect(domain.tenant.market).verification_records(
        customer_id=domain.tenant.microsoft_id, name=domain.name
    )
    try:
        wanted = verification_record(told, domain=domain.name)
    except NotReady:
        return Wait(2, NextActor.MICROSOFT, NOT_PREPARED)
    except BadRecord as error:
        return refused(run, {"code": error.code, "what": error.what})
    provider = zone_provider_of(domain)
    stored = provider.read(domain.zone, names=[domain.name])
    made = plan.make(wanted=[wanted], existing=stored)
    if made.is_blocked:
        return _offered(run, made)
    work.request(wanted.to_json)
    provider.write(domain.zone, made.edit, stored=stored)
    return Done({"record": str(wanted)})


def refresh(work: Work) -> Done:
    """`dns.refresh`: what is stored becomes served."""
    run = plan_of(work)
    zone_provider_of(run.domain).refresh(run.domain.zone)
    return Done(write=lambda _operation: _published(run))


def offer(run: DnsPlan, wanted: Iterable[Record]) -> Done:
    """Compare with the whole zone and show the plan."""
    existing = zone_provider_of(run.domain).read(run.domain.zone)
    return _offered(run, plan.make(wanted=wanted, existing=existing))


def apply(work: Work) -> Done:
    """`dns.apply`: what is missing is written, unless somebody changed the zone since.

    A second run finds the records of the first and writes the rest.
    """
    run = plan_of(work)
    approved = run.plan
    assert approved is not None
    provider = zone_provider_of(run.domain)
    stored = provider.read(approved.zone, names=approved.names)
    if plan.is_stale(plan=approved, existing=stored):
        return _offered(run, plan.make(wanted=approved.wanted, existing=stored), is_stale=True)
    work.request(approved.to_json)
    told = provider.write(approved.zone, approved.edit, stored=stored)
    return Done({"written": [str(one.record) for one in told if one.outcome is Outcome.WRITTEN]})


def _published(run: DnsPlan) -> None:
    """After the records themselves, not after the proof of ownership."""
    if run.state == PlanState.WRITING:
        run.publish()


def _offered(run: DnsPlan, made: Plan, *, is_stale: bool = False) -> Done:
    def write(operation: Operation) -> None:
        run.offer(made, is_stale=is_stale)
        if made.is_blocked or is_stale:
            give_up_rest(operation)
        if made.is_blocked:
            record(run, "dns.conflict", operation, reasons=[c.reason for c in made.conflicts])

    return Done({"blocked": made.is_blocked, "stale": is_stale}, write)
