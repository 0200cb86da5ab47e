"""`tenant.count_use`: the assigned licences of every tenant of a market, in chunks."""

import logging

from django.utils.translation import gettext_noop

from common.clock import microsoft_now
from common.errors import Busy, Refused
from journal.models import NextActor
from journal.work import Done, Wait, Work
from tenants.remote import seats
from tenants.use import counted_tenants, keep_use

log = logging.getLogger(__name__)

CHUNK = 50
"""Tenants between two notes of how far it is."""
COUNTING = gettext_noop("The tenants are being looked through.")


def count(work: Work) -> Done | Wait:
    """Params `market`. Goes on where an earlier attempt was when it ended.

    A tenant that Microsoft refuses keeps what was counted before, with its time.
    """
    after = work.memo.get("after", 0)
    rows = counted_tenants().filter(account__region=work.params["market"], pk__gt=after)
    tenants = list(rows.select_related("account").order_by("pk")[:CHUNK])
    for tenant in tenants:
        try:
            keep_use(tenant=tenant, counts=seats.count(tenant), at=microsoft_now())
        except Refused as refused:
            log.info("use of %s: %s", tenant.pk, refused.code)
        except Busy as busy:
            seconds = busy.retry_after or 5.0
            return Wait(seconds=seconds, actor=NextActor.MICROSOFT, text=busy.message)
        work.remember(after=tenant.pk)
    if not tenants:
        return Done()
    return Wait(seconds=0, actor=NextActor.PORTAL, text=COUNTING)
