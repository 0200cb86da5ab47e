"""What a person chooses to be told, and asks to be spared for a while."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Membership, Snooze, Topic, TopicChoice, Way
from accounts.telling import FIXED, default_way
from common.clock import microsoft_now
from common.refusals import Impossible

LONGEST_SNOOZE: Final = timedelta(days=366)


@transaction.atomic
def choose_ways(*, membership: Membership, ways: Mapping[Topic, Way]) -> None:
    """Keep what differs from the default: a new role brings its own defaults with it."""
    for topic, way in ways.items():
        if topic in FIXED:
            continue
        rows = TopicChoice.objects.filter(membership=membership, topic=topic)
        if way == default_way(membership.role, topic):
            rows.delete()
        else:
            TopicChoice.objects.update_or_create(
                membership=membership, topic=topic, defaults={"way": way}
            )


@transaction.atomic
def snooze(*, membership: Membership, until: datetime, topic: str = "", place: str = "") -> Snooze:
    """Quiet about a topic or one thing. Raises Impossible for security and for a bad moment."""
    at = microsoft_now()
    if topic in FIXED:
        raise Impossible(_("What concerns security is always told at once."), field="topic")
    if not topic and not place:
        raise Impossible(_("Choose a topic or a service."), field="topic")
    if until <= at:
        raise Impossible(_("Choose a day to come."), field="until")
    if until > at + LONGEST_SNOOZE:
        raise Impossible(_("Choose a day within a year."), field="until")
    row, _new = Snooze.objects.update_or_create(
        membership=membership, topic=topic, place="" if topic else place, defaults={"until": until}
    )
    return row


def wake(*, snooze: Snooze) -> None:
    """Quiet no longer."""
    snooze.delete()
