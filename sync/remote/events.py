"""`sync.event`: one delivery of Microsoft's, checked before it is believed."""

import re
from functools import partial

from journal.models import Operation
from journal.work import Done, Work
from partnercenter import connect
from partnercenter.signature import BadSignature
from partnercenter.types import MicrosoftEvent as Told
from sync.models import EventState, MicrosoftEvent
from sync.services.heard import settle

_CUSTOMER = re.compile(r"/customers/([0-9a-f-]{36})", re.IGNORECASE)
_GDAP = re.compile(r"delegatedAdminRelationships/([^/?]+)", re.IGNORECASE)


def check(work: Work) -> Done:
    """`sync.event`: params `event`. A forged one is counted and changes nothing."""
    event = MicrosoftEvent.objects.get(pk=work.params["event"])
    body = bytes(event.body)
    try:
        connect(event.market).check_event_signature(body, event.headers)
        told = Told.parse(body)
    except (BadSignature, ValueError) as error:
        return Done(
            {"state": EventState.FORGED},
            partial(_settle, event, EventState.FORGED, None, reason=str(error)),
        )
    return Done({"event": told.name}, partial(_settle, event, EventState.GOOD, told))


def _settle(
    event: MicrosoftEvent,
    state: EventState,
    told: Told | None,
    _operation: Operation,
    reason: str = "",
) -> None:
    uri = told.resource_uri if told else ""
    customer, gdap = _CUSTOMER.search(uri), _GDAP.search(uri)
    settle(
        event=event,
        state=state,
        reason=reason,
        name=told.name if told else "",
        resource=uri,
        customer_id=customer[1].lower() if customer else "",
        gdap_id=gdap[1] if gdap else "",
    )
