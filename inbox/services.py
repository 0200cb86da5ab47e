"""Use cases of notifications: make them from an event, read, put off, be quiet."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from accounts.access import Actor
from accounts.models import Membership, Role, Snooze, Topic
from accounts.services import snooze as keep_snooze
from accounts.services import wake as end_snooze
from accounts.telling import Reader, reading
from common.clock import microsoft_now
from inbox.access import membership_of, notifications_of, placed
from inbox.kinds import FAILED, KINDS, Kind
from inbox.models import Notification, NotificationQuerySet, come_back
from inbox.words import topic_of
from journal import services as journal
from journal.models import Event
from journal.people import PORTAL
from tenants.models import Tenant

MAIL = "notice.event"


def tell(*, event: Event) -> list[Notification]:
    """One notification to each member who is to know; those who want mail get it at once."""
    kind = KINDS.get(event.kind)
    if kind is None or _is_about_mail(event):
        return []
    topic, tenant = topic_of(event), placed(event)
    found = reading(_memberships(event), topic=topic, place=event.listed_under)
    told = [each for each in found if _is_told(each.membership, event, kind)]
    rows = [_row(each, event, topic, tenant) for each in told]
    made = Notification.objects.bulk_create(rows)
    if kind.is_urgent and not kind.has_mail:
        _mail_now(told, event)
    return made


@transaction.atomic
def read_all(*, rows: NotificationQuerySet) -> int:
    """Mark these as read; returns how many were not."""
    return rows.unread().order_by().update(read_at=microsoft_now())


@transaction.atomic
def be_quiet(*, actor: Actor, until: datetime, topic: str = "", place: str = "") -> Snooze:
    """Snooze a topic or a thing; what waits unread goes out of sight too.

    Raises Impossible for security and for a bad moment.
    """
    membership = membership_of(actor)
    row = keep_snooze(membership=membership, until=until, topic=topic, place=place)
    _covered(actor, row).unread().filter(shown_at__lt=until).update(
        shown_at=until, digest_date=None
    )
    return row


@transaction.atomic
def be_told_again(*, actor: Actor, snooze: Snooze) -> None:
    """End the quiet: what was kept back is shown."""
    come_back(_covered(actor, snooze), until=snooze.until)
    end_snooze(snooze=snooze)


def _covered(actor: Actor, snooze: Snooze) -> NotificationQuerySet:
    rows = notifications_of(actor).order_by()
    if snooze.topic:
        return rows.filter(topic=snooze.topic)
    return rows.exclude(topic=Topic.SECURITY).filter(event__listed_under=snooze.place)


def _memberships(event: Event) -> QuerySet[Membership]:
    """The account's active members; of what belongs to no account, the person themself."""
    rows = Membership.objects.filter(user__is_active=True).order_by("pk")
    if event.account_id is not None:
        return rows.filter(account_id=event.account_id)
    kind, _colon, number = event.subject.partition(":")
    if kind != "person" or not number.isdecimal():
        return rows.none()
    return rows.filter(user_id=number)


def _is_about_mail(event: Event) -> bool:
    """A mail that cannot be sent is not told by mail."""
    return event.kind == FAILED and str(event.data.get("kind", "")).startswith("notice.")


def _is_told(member: Membership, event: Event, kind: Kind) -> bool:
    """Their role reaches or it concerns them, and it is not just their own deed."""
    concerned = event.subject == f"person:{member.user_id}"
    concerned = concerned or event.data.get("email") == member.user.email
    if not (concerned or Role(member.role).rank >= kind.role.rank):
        return False
    return kind.own or event.by_id != member.user_id


def _row(reader: Reader, event: Event, topic: Topic, tenant: Tenant | None) -> Notification:
    at = microsoft_now()
    return Notification(
        membership=reader.membership,
        event=event,
        tenant=tenant,
        topic=topic,
        way=reader.way,
        made_at=at,
        shown_at=reader.quiet_until or at,
    )


def _mail_now(told: list[Reader], event: Event) -> None:
    """One mail to a person, even where they work in several accounts."""
    for reader in told:
        if reader.by_mail_now:
            person = reader.membership.user
            journal.ask(
                kind=MAIL,
                account_id=event.account_id,
                subject=f"mail:{person.email}"[:80],
                params={"event": event.pk, "membership": reader.membership.pk},
                once=f"{MAIL}:{event.pk}:{person.pk}",
                by=PORTAL,
            )
