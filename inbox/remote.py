"""Mail of what happened: one event at once, or a digest. The text is made when it is sent."""

from datetime import date

from accounts.access import acting
from accounts.models import Membership, Way
from common.clock import microsoft_now
from inbox import letters
from inbox.access import may_see, notifications_of
from inbox.models import Notification
from journal.work import Done, Work
from notices.remote import deliver


def mail_event(work: Work) -> Done:
    """`notice.event`: params `event`, `membership`. Nothing is sent to one who has left."""
    rows = Notification.objects.filter(
        event_id=work.params["event"], membership_id=work.params["membership"]
    )
    row = rows.select_related("event", "tenant", "membership__user", "membership__account").first()
    if row is None or not may_see(row.membership, row.event):
        return Done(result={"sent": False})
    _send(work, row.membership, letters.of_event(row))
    return Done(result={"sent": True})


def mail_digest(work: Work) -> Done:
    """`notice.digest`: params `membership`, `way`, `date`. What was read meanwhile is left out."""
    people = Membership.objects.select_related("user", "account")
    member = people.filter(pk=work.params["membership"]).first()
    if member is None:
        return Done(result={"sent": False})
    way, day = Way(work.params["way"]), date.fromisoformat(work.params["date"])
    mine = notifications_of(acting(member)).filter(way=way, digest_date=day)
    rows = list(mine.unread().shown(microsoft_now()).for_page()[: letters.LONGEST])
    if not rows:
        return Done(result={"sent": False})
    _send(work, member, letters.digest(member, rows, way=way, day=day))
    return Done(result={"sent": True, "rows": len(rows)})


def _send(work: Work, member: Membership, letter: letters.Letter) -> None:
    deliver(
        to=member.user.email,
        subject=letter.subject,
        text=letter.text,
        html=letter.html,
        key=f"operation-{work.operation.pk}",
        headers=letter.headers,
    )
