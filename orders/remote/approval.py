"""The wait for an owner's word; nothing is sent anywhere."""

from datetime import timedelta
from typing import Final

from django.utils.translation import gettext_noop

from journal.models import NextActor
from journal.work import Done, Wait, Work
from orders.models import Approval
from orders.remote import order_of

PAUSE: Final = timedelta(days=1).total_seconds()
"""The owner's word ends it at once; this is only for when that was missed."""
LIMIT: Final = timedelta(days=90)


def wait(work: Work) -> Done | Wait:
    """`order.approval`: done with an owner's yes; a no cancels it."""
    if order_of(work).approval == Approval.APPROVED:
        return Done()
    text = gettext_noop("An owner of the account must approve this order first.")
    return Wait(PAUSE, NextActor.OWNER, text, limit=LIMIT)
