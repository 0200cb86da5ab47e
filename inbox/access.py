"""The only door to notifications: a person's own, about what is within their reach."""

from django.db.models import Q
from django.shortcuts import get_object_or_404

from accounts.access import Actor, acting
from accounts.models import Membership, ReachKind, Snooze, Topic, User
from accounts.telling import FIXED
from common.clock import microsoft_now
from inbox.kinds import KINDS
from inbox.models import Notification, NotificationQuerySet
from journal.models import Event
from tenants.access import tenants_of
from tenants.models import Tenant

MOST = 100
"""So many unread ones are counted; the bell says 99+ beyond."""


def membership_of(actor: Actor) -> Membership:
    return get_object_or_404(Membership, account=actor.account, user=actor.user)


def placed(event: Event) -> Tenant | None:
    """The tenant an event is about, if it is about one."""
    kind, _colon, number = event.listed_under.partition(":")
    if kind != "tenant" or not number.isdecimal() or event.account_id is None:
        return None
    return Tenant.objects.filter(pk=number, account_id=event.account_id).first()


def may_see(membership: Membership, event: Event) -> bool:
    """Whether what it is about is within the member's reach. What is of no tenant is of the
    whole account; security is everybody's own."""
    kind, _colon, number = event.listed_under.partition(":")
    if kind != "tenant" or not number.isdecimal():
        known = KINDS.get(event.kind)
        return membership.reach == ReachKind.ALL or (known is not None and known.topic in FIXED)
    return tenants_of(acting(membership)).filter(pk=number).exists()


def notifications_of(actor: Actor) -> NotificationQuerySet:
    """All of the person's in this account, also those that are put off."""
    rows = Notification.objects.filter(
        membership__account=actor.account, membership__user=actor.user
    )
    own = Q(tenant=None, topic=Topic.SECURITY) if actor.reach.is_limited else Q(tenant=None)
    reachable = own | Q(tenant__in=tenants_of(actor).values("pk"))
    return rows.filter(reachable)


def shown_to(actor: Actor) -> NotificationQuerySet:
    """What stands in the list now."""
    return notifications_of(actor).shown(microsoft_now())


def notification_for(actor: Actor, pk: int) -> Notification:
    """One's own. Raises Http404 for anybody else."""
    return get_object_or_404(notifications_of(actor).for_page(), pk=pk)


def person_notification(person: User, pk: int) -> Notification:
    """One's own in whichever account: a mail leads here. Raises Http404 for anybody else."""
    members = Membership.objects.select_related("user", "account")
    member = get_object_or_404(members, user=person, notifications=pk)
    return notification_for(acting(member), pk)


def unread_count(actor: Actor) -> int:
    """At most `MOST`; one query that stops there."""
    return shown_to(actor).unread().order_by()[:MOST].count()


def snooze_for(actor: Actor, pk: int) -> Snooze:
    """One's own. Raises Http404 for anybody else."""
    rows = Snooze.objects.filter(membership__account=actor.account, membership__user=actor.user)
    return get_object_or_404(rows, pk=pk)
