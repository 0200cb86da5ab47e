"""Who of an account is told about a topic, and how: their choice, else what suits their role."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from accounts.models import Membership, Role, Snooze, Topic, Way, reaching
from common.clock import microsoft_now

_OWNER, _MANAGER, _OPERATOR = Role.OWNER, Role.MANAGER, Role.OPERATOR

DEFAULTS: dict[Topic, dict[Role, Way]] = {
    Topic.ORDERS: {_OWNER: Way.DAILY, _MANAGER: Way.MAIL},
    Topic.APPROVALS: {_OWNER: Way.MAIL},
    Topic.SUBSCRIPTIONS: {_OWNER: Way.WEEKLY, _MANAGER: Way.DAILY},
    Topic.WINDOWS: {_OWNER: Way.DAILY, _MANAGER: Way.MAIL},
    Topic.COMPLIANCE: {_OWNER: Way.MAIL, _MANAGER: Way.DAILY},
    Topic.DELEGATIONS: {_OWNER: Way.MAIL, _MANAGER: Way.MAIL},
    Topic.DOMAINS: {_OWNER: Way.MAIL, _OPERATOR: Way.MAIL},
    Topic.SECURITY: dict.fromkeys(Role, Way.MAIL),
    Topic.REPORTS: {},
    Topic.PLATFORM: {_OWNER: Way.DAILY},
}
"""Who is not named finds it in the portal only."""

FIXED = (Topic.SECURITY,)
"""Topics about which nobody chooses: they are told at once, always."""


@dataclass(frozen=True)
class Reader:
    """A member who is told; `quiet_until` while the topic or the thing is snoozed."""

    membership: Membership
    way: Way
    quiet_until: datetime | None

    @property
    def by_mail_now(self) -> bool:
        return self.way == Way.MAIL and self.quiet_until is None


def default_way(role: str, topic: Topic) -> Way:
    return DEFAULTS[topic].get(Role(role), Way.PORTAL)


def ways_of(membership: Membership) -> dict[Topic, Way]:
    """For every topic; one query, none where `topic_choices` is prefetched."""
    chosen = {Topic(row.topic): Way(row.way) for row in membership.topic_choices.all()}
    return {
        topic: default_way(membership.role, topic)
        if topic in FIXED
        else chosen.get(topic, default_way(membership.role, topic))
        for topic in Topic
    }


def readers(*, account_id: int, topic: Topic, place: str = "") -> list[Reader]:
    """All active members who want to know; three queries."""
    rows = Membership.objects.filter(account_id=account_id, user__is_active=True)
    return reading(rows.order_by("pk"), topic=topic, place=place)


def reading(rows: QuerySet[Membership], *, topic: Topic, place: str = "") -> list[Reader]:
    """Those of these memberships who want to know, and whose reach it is within."""
    at = microsoft_now()
    found = []
    rows = (
        rows.filter(_within(topic, place))
        .select_related("user", "account")
        .prefetch_related("topic_choices", "snoozes")
    )
    for row in rows:
        way = ways_of(row)[topic]
        if way != Way.NOTHING:
            until = None if topic in FIXED else quiet_until(row.snoozes.all(), topic, place, at)
            found.append(Reader(row, way, until))
    return found


def _within(topic: Topic, place: str) -> Q:
    """What is of no tenant is of the whole account; security is everybody's own."""
    kind, _colon, number = place.partition(":")
    if kind == "tenant" and number.isdecimal():
        return reaching(int(number))
    return Q() if topic in FIXED else reaching(None)


def quiet_until(snoozes: Iterable[Snooze], topic: str, place: str, at: datetime) -> datetime | None:
    """The end of the longest snooze that covers this; None: nobody asked for quiet."""
    ends = [one.until for one in snoozes if one.until > at and one.covers(topic, place)]
    return max(ends, default=None)
