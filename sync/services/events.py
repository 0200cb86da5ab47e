"""Events that Microsoft sends: kept as they come, judged by the journal."""

from collections.abc import Mapping
from datetime import timedelta
from hashlib import sha256

from django.db import transaction
from django.db.models import F
from django.utils.timezone import now

from journal import services as journal
from journal.people import PORTAL
from sync.models import EventState, MicrosoftEvent

SIGNED_BY = ("authorization", "x-ms-signature", "x-ms-certificate-url", "x-ms-signature-algorithm")
"""Headers that are kept for the check of the signature."""


KEPT = timedelta(days=30)


def forget() -> int:
    """Drop old deliveries: what they led to stands in the history."""
    return MicrosoftEvent.objects.filter(received_at__lt=now() - KEPT).delete()[0]


@transaction.atomic
def receive(*, market: str, body: bytes, headers: Mapping[str, str]) -> MicrosoftEvent:
    """Keep one delivery; a repeated one only counts."""
    kept = {name: value for name, value in headers.items() if name.lower() in SIGNED_BY}
    event, is_new = MicrosoftEvent.objects.get_or_create(
        market=market,
        digest=sha256(body).hexdigest(),
        defaults={"body": body, "headers": kept},
    )
    if not is_new:
        MicrosoftEvent.objects.filter(pk=event.pk).update(times=F("times") + 1)
        # A forgery must not keep the real one out.
        forged = MicrosoftEvent.objects.filter(pk=event.pk, state=EventState.FORGED)
        if not forged.update(state=EventState.NEW, headers=kept):
            return event
    journal.ask(
        kind="sync.event",
        account_id=None,
        subject=f"event:{event.pk}",
        params={"event": event.pk},
        by=PORTAL,
    )
    return event
