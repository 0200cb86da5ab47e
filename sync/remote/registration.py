"""`sync.register_webhook`: Microsoft is told where to send its events."""

from typing import Final

from journal.work import Done, Work
from partnercenter import connect, requests
from partnercenter.request import Request
from sync.services.plans import address_of

EVENTS: Final = frozenset(
    {
        "subscription-updated",
        "reseller-relationship-accepted-by-customer",
        "granular-admin-relationship-approved",
        "granular-admin-relationship-activated",
        "granular-admin-relationship-terminated",
        "granular-admin-relationship-expired",
    }
)
"""What makes us look again; Microsoft has more."""


def register(work: Work) -> Done:
    """`sync.register_webhook`: params `market`. A registration that is right stays as it is."""
    market = work.params["market"]
    client, url = connect(market), address_of(market)
    known = client.webhook_registration()
    wanted = EVENTS & set(client.webhook_events())
    if known is not None and known.url == url and wanted <= set(known.events):
        return Done({"url": url})
    if work.was_sent:
        work.begin_anew()  # it was just read: the earlier attempt has not come through
    build = requests.register_webhook if known is None else requests.update_webhook
    stored, request_id = work.request(lambda: build(url=url, events=sorted(wanted)).to_json())
    send = client.register_webhook if known is None else client.update_webhook
    send(Request.from_json(stored), request_id=request_id)
    return Done({"url": url})
