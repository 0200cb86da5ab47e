"""The domain at Microsoft: added to the tenant, proved, its services switched on."""

import uuid
from datetime import timedelta

from django.utils.translation import gettext_noop

from common.errors import AlreadyDone, NotFound
from dnsconfig.desired import BadRecord, NotReady, service_records
from dnsconfig.models import DnsPlan, Domain
from dnsconfig.remote import cloud_of, plan_of, record, refused
from dnsconfig.remote.zone import NOT_PREPARED, offer
from journal.models import NextActor, Operation
from journal.work import Done, Wait, Work
from partnercenter import PartnerCenter, connect, requests
from partnercenter.request import Request
from partnercenter.types import Domain as TheirDomain

NO_RIGHTS = gettext_noop("The customer's administrator has not approved the delegated rights yet.")
NOT_SEEN = gettext_noop("Microsoft does not see the verification record yet.")


def add(work: Work) -> Done | Wait:
    """`domain.add`: Graph knows no request ids, so a repeat looks first."""
    domain = plan_of(work).domain
    if not domain.tenant.gdap.is_ready:
        return Wait(_pause(work), NextActor.CUSTOMER, NO_RIGHTS, limit=timedelta(days=90))
    client, customer_id = connect(domain.tenant.market), domain.tenant.microsoft_id
    known = _known(client, domain)
    if known is None:
        stored, request_id = work.request(
            lambda: requests.add_domain(customer_id=customer_id, name=domain.name).to_json()
        )
        try:
            known = client.add_domain(Request.from_json(stored), request_id=request_id)
        except AlreadyDone:
            known = client.domain(customer_id=customer_id, name=domain.name)
    return Done({"verified": known.is_verified}, _verified if known.is_verified else None)


def verify(work: Work) -> Done | Wait:
    """`domain.verify`: Microsoft looks for the record; asking again does no harm."""
    domain = plan_of(work).domain
    if domain.verified_at:
        return Done()
    client, customer_id = connect(domain.tenant.market), domain.tenant.microsoft_id
    request = requests.verify_domain(customer_id=customer_id, name=domain.name)
    try:
        seen = client.verify_domain(request, request_id=str(uuid.uuid4()))
    except AlreadyDone:
        seen = client.domain(customer_id=customer_id, name=domain.name)
    if seen.is_verified:
        return Done(write=_verified)
    return Wait(_pause(work), NextActor.MICROSOFT, NOT_SEEN, limit=timedelta(days=3))


def enable_services(work: Work) -> Done:
    """`domain.enable_services`: the ticked ones join those that are on already."""
    plan = plan_of(work)
    client, customer_id = connect(plan.domain.tenant.market), plan.domain.tenant.microsoft_id
    known = client.domain(customer_id=customer_id, name=plan.domain.name)
    if set(plan.services) <= set(known.supported_services):
        return Done()
    together = sorted({*known.supported_services, *plan.services})
    stored, request_id = work.request(
        lambda: requests.enable_services(
            customer_id=customer_id, name=plan.domain.name, services=together
        ).to_json()
    )
    client.enable_services(Request.from_json(stored), request_id=request_id)
    return Done({"services": together})


def plan_records(work: Work) -> Done | Wait:
    """`dns.plan`: what Microsoft wants, minus what the zone holds."""
    plan = plan_of(work)
    domain = plan.domain
    told = connect(domain.tenant.market).service_records(
        customer_id=domain.tenant.microsoft_id, name=domain.name
    )
    try:
        wanted = service_records(
            told, domain=domain.name, services=plan.services, cloud=cloud_of(domain)
        )
    except NotReady:
        return Wait(_pause(work), NextActor.MICROSOFT, NOT_PREPARED, limit=timedelta(days=3))
    except BadRecord as error:
        return refused(plan, {"code": error.code, "what": error.what})
    return offer(plan, wanted)


def _pause(work: Work) -> float:
    """Seconds: often at first, every five minutes in the end."""
    return min(2 + work.waited.total_seconds() / 10, 300)


def _known(client: PartnerCenter, domain: Domain) -> TheirDomain | None:
    try:
        return client.domain(customer_id=domain.tenant.microsoft_id, name=domain.name)
    except NotFound:
        return None


def _verified(operation: Operation) -> None:
    plan = DnsPlan.objects.select_related("domain__tenant").get(pk=operation.params["plan"])
    if plan.domain.verify():
        record(plan, "domain.verified", operation)
