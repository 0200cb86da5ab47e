"""A person's snoozes with the name of what they are about."""

from dataclasses import dataclass

from accounts.access import Actor
from accounts.models import Snooze, Topic
from common.clock import microsoft_now
from inbox.access import membership_of
from tenants.access import tenants_of


@dataclass(frozen=True)
class Named:
    snooze: Snooze
    name: str


def named(actor: Actor) -> list[Named]:
    """Those that last, the first to end first; what is out of reach by now shows its key."""
    rows = list(membership_of(actor).snoozes.filter(until__gt=microsoft_now()))
    places = (row.place.partition(":") for row in rows)
    ids = [int(number) for kind, _colon, number in places if kind == "tenant"]
    tenants = {row.key: row.display_name for row in tenants_of(actor).filter(pk__in=ids)}
    return [
        Named(row, str(Topic(row.topic).label) if row.topic else tenants.get(row.place, row.place))
        for row in rows
    ]
