"""A person's own calendar feed of an account."""

import secrets

from django.db import transaction

from accounts.access import Actor
from accounts.models import CalendarFeed, Membership
from accounts.services.account import record
from accounts.tokens import digest_of


@transaction.atomic
def create_feed(*, actor: Actor) -> str:
    """The secret of a new feed, which nobody can read again; the one before ends."""
    Membership.objects.select_for_update().get(account=actor.account, user=actor.user)
    revoke_feed(actor=actor)
    secret = secrets.token_urlsafe(32)
    CalendarFeed.objects.create(account=actor.account, user=actor.user, digest=digest_of(secret))
    record(actor.account, "feed.created", actor.by)
    return secret


@transaction.atomic
def revoke_feed(*, actor: Actor) -> bool:
    """Its address leads nowhere any more; False when there was none."""
    feed = CalendarFeed.objects.filter(
        account=actor.account, user=actor.user, revoked_at=None
    ).first()
    if feed is None or not feed.revoke():
        return False
    record(actor.account, "feed.revoked", actor.by)
    return True
