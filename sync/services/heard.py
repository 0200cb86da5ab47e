"""What an event of Microsoft's sets in motion. It only names a thing: that is read again."""

from django.db import transaction

from common.clock import microsoft_now
from journal import services as journal
from sync.models import EventState, MicrosoftEvent, Watch
from sync.services.looks import ask_look
from tenants.delegation import delegation_seen
from tenants.models import Gdap, Tenant
from tenants.rights import rights_changed

ACCEPTED = "reseller-relationship-accepted-by-customer"
GDAP = "granular-admin-"


@transaction.atomic
def settle(
    *,
    event: MicrosoftEvent,
    state: EventState,
    reason: str,
    name: str,
    resource: str,
    customer_id: str,
    gdap_id: str,
) -> None:
    """Record the verdict on an event, and wake whoever waits for what it tells."""
    MicrosoftEvent.objects.filter(pk=event.pk).update(
        state=state, reason=reason[:200], name=name[:100], resource=resource[:400]
    )
    if state != EventState.GOOD:
        return
    Watch.objects.update_or_create(market=event.market, defaults={"heard_at": microsoft_now()})
    if name.startswith(GDAP):
        _wake_gdap(gdap_id, customer_id)
    elif name == ACCEPTED:
        delegation_seen(customer_id=customer_id)
    elif customer_id:
        for tenant in Tenant.objects.filter(microsoft_id=customer_id):
            ask_look(tenant=tenant)


def _wake_gdap(gdap_id: str, customer_id: str) -> None:
    if gdap_id and rights_changed(gdap_id=gdap_id):
        return
    rows = Gdap.objects.filter(tenant__microsoft_id=customer_id)
    journal.hurry(subjects=[gdap.key for gdap in rows])
