"""What the journal does for an own zone."""

from django.utils.translation import gettext_noop

from common.errors import Refused
from dnsconfig.embedded import notices
from dnsconfig.embedded.models import OwnZone
from dnsconfig.embedded.peers import key_of
from journal.models import NextActor
from journal.work import Done, Wait, Work

TRIES = 8
WAITING = gettext_noop("Not every secondary has acknowledged the change yet.")
SILENT = gettext_noop(
    "Not every secondary has acknowledged the change. It takes the change over at its next "
    "refresh; check its address and its key."
)


def notify(work: Work) -> Done | Wait:
    """`dns.notify`: done when each secondary has acknowledged the serial; then it transfers."""
    zone = OwnZone.objects.filter(pk=work.params["zone"]).first()
    if zone is None or zone.serial != work.params["serial"]:
        return Done({"superseded": True})  # a later write has a notice of its own
    heard = list(work.memo.get("acknowledged", []))
    tries = work.memo.get("tries", 0) + 1
    key, reasons = key_of(zone), {}
    for secondary in zone.secondaries:
        if secondary in heard:
            continue
        reason = notices.tell(zone.soa, secondary, key)
        if reason:
            reasons[secondary] = reason
        else:
            heard.append(secondary)
    work.remember(acknowledged=heard, reasons=reasons, tries=tries)
    if not reasons:
        return Done({"acknowledged": heard})
    if tries % TRIES == 0:
        raise Refused(SILENT, code="silent")
    return Wait(2.0 ** (tries % TRIES), NextActor.PORTAL, WAITING)
