"""Delegated rights that are granted: looked at daily, their end put off."""

from common.clock import microsoft_now
from common.errors import Stale
from journal.models import Operation
from journal.work import Done, Work
from partnercenter import connect, requests
from partnercenter.request import Request
from partnercenter.types import Gdap as Relationship
from tenants import rights, services
from tenants.models import Tenant
from tenants.remote import tenant_of


def check(work: Work) -> Done:
    """`tenant.check_rights`: all relationships of a market in one list, or one of them."""
    market = work.params["market"]
    client = connect(market)
    gdap_id = work.params.get("gdap")
    seen = [client.gdap(gdap_id=gdap_id)] if gdap_id else client.gdaps()

    def write(_operation: Operation) -> None:
        rights.note_rights(market=market, seen=seen, at=microsoft_now())

    return Done({"seen": len(seen)}, write)


def extend(work: Work) -> Done:
    """`tenant.extend_rights`: Microsoft puts off the end by itself from now on."""
    tenant = tenant_of(work)
    try:
        seen = _extended(work, tenant)
    except Stale:  # it changed between the look and the write, or before a repeat: once more
        work.begin_anew()
        seen = _extended(work, tenant)
    return Done({"extends": seen.auto_extend}, lambda operation: _keep(tenant, seen, operation))


def _extended(work: Work, tenant: Tenant) -> Relationship:
    client = connect(tenant.market)
    seen = client.gdap(gdap_id=tenant.gdap.microsoft_id)
    if rights.extends(seen):  # an earlier attempt, whose answer was lost, has done it
        return seen
    stored, request_id = work.request(
        lambda: requests.extend_gdap(gdap_id=seen.id, etag=seen.etag).to_json()
    )
    return client.extend_gdap(Request.from_json(stored), request_id=request_id)


def _keep(tenant: Tenant, seen: Relationship, operation: Operation) -> None:
    ends_at = seen.end_at or tenant.gdap.ends_at
    tenant.gdap.move(tenant.gdap.state, extends=True, ends_at=ends_at, warned_days=None)
    services.record(tenant, "tenant.rights_extended", operation=operation)
