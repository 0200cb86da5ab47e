"""The domain's zone at its host: looked at, planned for, written, refreshed."""

from collections.abc import Callable, Iterable
from datetime import timedelta
from functools import partial
from typing import Any

from django.utils.translation import gettext_noop

from common.errors import Misconfigured, Refused, Stale
from dnsconfig import ahead, clouds, plan
from dnsconfig.desired import BadRecord, NotReady, verification_record
from dnsconfig.edits import NOTHING
from dnsconfig.extras import Extras
from dnsconfig.models import DnsPlan, Domain, Kind, PlanState, ZoneConnection
from dnsconfig.plan import Plan, Wanted
from dnsconfig.providers import Outcome, Written, ZoneProvider
from dnsconfig.records import Snapshot
from dnsconfig.remote import (
    cloud_of,
    delegation_problem,
    give_up_rest,
    plan_of,
    provider_of,
    record,
    refused,
    zone_provider_of,
)
from dnsconfig.remote.servers import signature_problem
from dnsconfig.remote.weights import weighed
from journal.models import NextActor, Operation
from journal.work import Done, Wait, Work
from partnercenter import connect

NOT_PREPARED = gettext_noop("Microsoft has not prepared the domain's records yet.")
NOT_TAKEN = gettext_noop("The DNS host answered well, but its zone does not show: %(records)s.")
NO_RIGHTS = gettext_noop("The keys of the zone lack these rights: %(rights)s.")
PATIENCE = timedelta(days=3)
BY_HAND = gettext_noop("Write the records at your DNS host; the name servers are asked again.")
BY_HAND_PAUSE = 60.0
"""Seconds between two looks; the page has a button for an earlier one."""
BY_HAND_LIMIT = timedelta(days=30)


def list_zones(work: Work) -> Done:
    """`dns.list_zones`: which zones the keys open; proves the keys, too."""
    connection = ZoneConnection.objects.get(pk=work.params["connection"])
    provider = provider_of(connection)
    zones = provider.zones()
    missing = list(provider.missing_rights(zones[0])) if zones else []
    result = {"zones": len(zones), "missing_rights": missing}
    return Done(result, lambda _operation: connection.list_zones(zones))


def look_ahead(work: Work) -> Done:
    """`dns.look_ahead`: delegation, signatures and known conflicts, before anything is written."""
    run = plan_of(work)
    problem = delegation_problem(run.domain)
    if run.is_ahead_of_delegation:
        problem = None
    problem = problem or signature_problem(run.domain.zone)
    if problem:
        return refused(run, problem)
    if run.domain.verified_at:
        return Done()
    look = partial(
        ahead.look,
        domain=run.domain.name,
        services=run.services,
        cloud=cloud_of(run.domain),
        extras=Extras.from_json(run.extras),
        decisions=run.ways,
    )
    found = look(existing=read_for(run.domain, lambda existing: look(existing=existing)))
    if found.is_blocked or run.is_dry:
        return _offered(run, found, is_likely=True)
    return Done()


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
        return Wait(2, NextActor.MICROSOFT, NOT_PREPARED, limit=PATIENCE)
    except BadRecord as error:
        return refused(run, {"code": error.code, "what": error.what})
    provider = zone_provider_of(domain)
    made = plan.make(wanted=[wanted], existing=provider.read(domain.zone, names=[domain.name]))
    if made.is_blocked:
        return _offered(run, made)
    _need_rights(provider, domain.zone)
    stored = provider.read(domain.zone, names=made.names)
    if provider.capabilities.is_by_hand:
        if made.edit.left_to_see(stored):
            run.ask_by_hand(made.edit)
            return Wait(BY_HAND_PAUSE, NextActor.RESELLER, BY_HAND, limit=BY_HAND_LIMIT)
        return Done({"record": str(wanted)}, lambda _operation: run.ask_by_hand(NOTHING))
    work.request(wanted.to_json)
    _refuse_not_taken(provider.write(domain.zone, made.edit, stored=stored))
    return Done({"record": str(wanted)})


def refresh(work: Work) -> Done:
    """`dns.refresh`: what is stored becomes served."""
    run = plan_of(work)
    zone_provider_of(run.domain).refresh(run.domain.zone)
    return Done(write=lambda _operation: _published(run))


def offer(run: DnsPlan, wanted: Iterable[Wanted]) -> Done:
    """Compare with the whole zone, weigh the SPF record, and show the plan."""
    domain = run.domain
    make = partial(
        plan.make,
        wanted=[*wanted, *Extras.from_json(run.extras).wanted(domain.name)],
        unwanted=clouds.unwanted(domain=domain.name, cloud=cloud_of(domain)),
        decisions=run.ways,
    )
    existing = read_for(domain, lambda known: make(existing=known))
    return _offered(run, weighed(make(existing=existing)))


def read_for(domain: Domain, make: Callable[[Snapshot], Plan]) -> Snapshot:
    """The whole zone; of a host that does not show it, the names that the plan would touch."""
    provider = zone_provider_of(domain)
    if provider.capabilities.reads_whole:
        return provider.read(domain.zone)
    likely = make(Snapshot.of(domain.zone, ()))
    mail = [f"{label}.{domain.name}" for label in ("_dmarc", "_mta-sts", "msoid")]
    return provider.read(domain.zone, names=[*likely.names, *mail, domain.zone])


def plan_back(work: Work) -> Done:
    """`dns.plan_back`: what would restore the zone, or take our records out of it."""
    run = plan_of(work)
    if run.undoes is not None:
        back = partial(plan.undo, applied=run.undoes.edit)
    else:
        written = run.domain.plans.exclude(applied=None).order_by("-pk")
        back = partial(plan.withdraw, applied=[earlier.edit for earlier in written])
    existing = read_for(run.domain, lambda known: back(existing=known))
    return _offered(run, back(existing=existing))


def apply(work: Work) -> Done | Wait:
    """`dns.apply`: the plan is written, unless somebody changed the zone since.

    What is about to be written is kept first, for the way back. A second run finds the records of
    the first and writes the rest.
    """
    run = plan_of(work)
    approved = run.plan
    assert approved is not None
    provider = zone_provider_of(run.domain)
    _need_rights(provider, approved.zone)
    stored = provider.read(approved.zone, names=approved.names)
    is_by_hand = provider.capabilities.is_by_hand
    has_begun = is_by_hand or bool(work.memo.get("has_begun"))
    if plan.is_stale(plan=approved, existing=stored, has_begun=has_begun):
        return _stale(run, approved, stored)
    if not work.memo.get("has_begun"):
        run.begin_writing(approved.edit.left_to_do(stored))
        work.remember(has_begun=True)
    if is_by_hand and approved.edit.left_to_see(stored):
        provider.write(approved.zone, approved.edit, stored=stored, tell=_teller(run))
        return Wait(BY_HAND_PAUSE, NextActor.RESELLER, BY_HAND, limit=BY_HAND_LIMIT)
    try:
        written = _written(run, provider, approved, stored)
    except Stale:
        return _stale(run, approved, provider.read(approved.zone, names=approved.names))
    return Done({"written": [str(one.record) for one in written if _is_written(one)]})


def _written(
    run: DnsPlan, provider: ZoneProvider, approved: Plan, stored: Snapshot
) -> tuple[Written, ...]:
    """Each record is told as soon as it is written."""
    written = provider.write(approved.zone, approved.edit, stored=stored, tell=_teller(run))
    run.note_written([_shown(one) for one in written])
    _refuse_not_taken(written)
    return written


def _teller(run: DnsPlan) -> Callable[[Written], None]:
    told: list[dict[str, Any]] = []

    def tell(one: Written) -> None:
        told.append(_shown(one))
        run.note_written(told)

    return tell


def _need_rights(provider: ZoneProvider, zone: str) -> None:
    missing = provider.missing_rights(zone)
    if missing:
        raise Misconfigured(NO_RIGHTS % {"rights": ", ".join(missing)}, code="rights")


def _refuse_not_taken(written: tuple[Written, ...]) -> None:
    lost = [str(one.record) for one in written if one.outcome is Outcome.NOT_TAKEN]
    if lost:
        raise Refused(NOT_TAKEN % {"records": "; ".join(lost)}, code="not_taken")


def _is_written(one: Written) -> bool:
    return one.outcome is Outcome.WRITTEN


def _shown(one: Written) -> dict[str, Any]:
    return {
        "record": one.record.to_json(),
        "outcome": one.outcome.value,
        "is_removal": one.is_removal,
    }


def _published(run: DnsPlan) -> None:
    """After the records themselves, not after the proof of ownership."""
    if run.state == PlanState.WRITING:
        run.publish()


def _stale(run: DnsPlan, approved: Plan, stored: Snapshot) -> Done:
    return _offered(run, _again(run, approved, stored), is_stale=True)


def _again(run: DnsPlan, approved: Plan, stored: Snapshot) -> Plan:
    if run.kind == Kind.CONFIGURE:
        return weighed(plan.remake(plan=approved, existing=stored))
    if run.undoes is not None:
        return plan.undo(applied=run.undoes.edit, existing=stored)
    return plan.withdraw(applied=[approved.edit.inverse], existing=stored)


def _offered(run: DnsPlan, made: Plan, *, is_stale: bool = False, is_likely: bool = False) -> Done:
    def write(operation: Operation) -> None:
        run.offer(made, is_stale=is_stale, is_likely=is_likely)
        if made.is_blocked or is_stale:
            give_up_rest(operation)
        if made.is_blocked:
            record(run, "dns.conflict", operation, reasons=[c.reason for c in made.conflicts])

    return Done({"blocked": made.is_blocked, "stale": is_stale}, write)
