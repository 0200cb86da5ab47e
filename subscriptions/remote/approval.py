"""The wait for an owner's word about a change; nothing is sent anywhere."""

from datetime import timedelta
from typing import Final

from django.utils.translation import gettext_noop

from journal.models import NextActor
from journal.work import Done, Wait, Work

PAUSE: Final = timedelta(days=1).total_seconds()
"""The owner's word ends it at once; this is only for when that was missed."""
LIMIT: Final = timedelta(days=90)
"""It lapses long before."""


def wait(work: Work) -> Done | Wait:
    """`subscription.approval`: done with the yes, which is the step that follows; a no cancels."""
    if work.operation.followers.exists():
        return Done()
    text = gettext_noop("An owner of the account must approve this change first.")
    return Wait(PAUSE, NextActor.OWNER, text, limit=LIMIT)
