"""Looking at one tenant."""

from dataclasses import dataclass

from common.clock import microsoft_now
from common.errors import NotFound, Refused
from partnercenter.base import PartnerCenter
from subscriptions.remote.facts import facts_of
from sync.services.looks import NOBODY, Author, differing, store_gone, store_left, store_look
from tenants.models import Tenant

LEFT = ("20002", "60003")
"""Microsoft's codes for a customer without relationship, and for one it does not know."""


@dataclass
class Cost:
    """What looking has cost and found."""

    calls: int = 0
    subscriptions: int = 0
    drifts: int = 0


def look(client: PartnerCenter, tenant: Tenant, author: Author = NOBODY) -> Cost:
    """List the tenant's subscriptions and record what differs.

    A list may lag behind: what it shows otherwise than our rows is asked for by itself first.
    A customer who has left the provider is a difference like any other.
    """
    as_of = microsoft_now()
    try:
        listed = client.subscriptions(customer_id=tenant.microsoft_id)
    except Refused as refused:
        if refused.code not in LEFT:
            raise
        return Cost(calls=1, drifts=store_left(tenant=tenant, code=refused.code, author=author))
    cost = Cost(calls=1, subscriptions=len(listed))
    shown = {found.id: found for found in listed}
    gone = []
    for microsoft_id in differing(tenant, [facts_of(found) for found in listed]):
        cost.calls += 1
        try:
            shown[microsoft_id] = client.subscription(
                customer_id=tenant.microsoft_id, subscription_id=microsoft_id
            )
        except NotFound:
            shown.pop(microsoft_id, None)
            gone.append(microsoft_id)
    seen = [facts_of(found) for found in shown.values()]
    cost.drifts = store_look(tenant=tenant, shown=seen, as_of=as_of, author=author)
    cost.drifts += store_gone(tenant=tenant, ids=gone, as_of=as_of, author=author)
    return cost
