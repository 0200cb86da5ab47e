"""When a digest is due: at seven in the morning where the account is, by Microsoft's clock."""

from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from django.db import transaction

from accounts.models import Membership, Way
from common.clock import microsoft_now
from inbox.models import Notification
from journal import services as journal
from journal.models import Operation
from journal.people import PORTAL

HOUR: Final = time(7)
MONDAY: Final = 0
DIGEST = "notice.digest"


def last_due(way: Way, zone: str, at: datetime) -> datetime:
    """The latest moment up to `at` at which such a digest was due in this time zone."""
    local = at.astimezone(ZoneInfo(zone))
    day = local.date() if local.time() >= HOUR else local.date() - timedelta(days=1)
    if way == Way.WEEKLY:
        day -= timedelta(days=(day.weekday() - MONDAY) % 7)
    return datetime.combine(day, HOUR, tzinfo=ZoneInfo(zone))


def plan() -> int:
    """Ask for every digest that is due; nothing is asked where nothing happened.

    Each row goes into one digest, each digest is asked for once. Returns how many.
    """
    at = microsoft_now()
    waiting = Notification.objects.waiting_for_digest().order_by()
    found = waiting.filter(shown_at__lte=at).values_list("membership", "way").distinct()
    pairs = list(found)
    members = Membership.objects.select_related("account", "user").in_bulk(
        {number for number, _way in pairs}
    )
    return sum(_plan(members[number], Way(way), at) for number, way in pairs if number in members)


@transaction.atomic
def _plan(member: Membership, way: Way, at: datetime) -> bool:
    due = last_due(way, member.account.time_zone, at)
    day: date = due.date()
    rows = Notification.objects.waiting_for_digest().order_by().filter(membership=member, way=way)
    key = f"{DIGEST}:{member.pk}:{way.value}:{day.isoformat()}"
    if Operation.objects.filter(once=key).exists():
        return False  # what came back since then is in the next one
    if not rows.filter(shown_at__lt=due).update(digest_date=day):
        return False
    journal.ask(
        kind=DIGEST,
        account_id=member.account_id,
        subject=f"mail:{member.user.email}"[:80],
        params={"membership": member.pk, "way": way.value, "date": day.isoformat()},
        once=key,
        by=PORTAL,
    )
    return True
