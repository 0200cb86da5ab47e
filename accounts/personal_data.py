"""People who sign in: what is kept of them, handing it out, taking it out, and for how long."""

from datetime import timedelta
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.conf import settings
from django.db import models, transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from accounts.models import BrowserSession, Erasure, Invitation, Membership, Role, TopicChoice, User
from common.refusals import Impossible
from journal import services as journal
from journal.models import Event, Operation, State, erasing
from journal.people import By
from journal.scrubbing import Rows, scrub

INVITATION_DAYS = 30
"""An invitation that has ended is kept so long, for questions."""


def export(*, person: User) -> dict[str, Any]:
    """All that is kept of somebody who signs in, as JSON; no secret is in it."""
    events = Event.objects.filter(by_id=person.pk).order_by("pk")
    return {
        "exported_at": now().isoformat(),
        "email": person.email,
        "first_name": person.first_name,
        "last_name": person.last_name,
        "language": person.language,
        "single_letter_shortcuts": person.has_letter_keys,
        "joined_at": person.date_joined.isoformat(),
        "last_login": person.last_login and person.last_login.isoformat(),
        "accounts": [
            {"nic_handle": row.account.nic_handle, "role": row.role}
            for row in person.memberships.select_related("account")
        ],
        "second_factors": [
            {"type": row.type, "created_at": row.created_at.isoformat()}
            for row in Authenticator.objects.filter(user=person)
        ],
        "sessions": [
            {"browser": row.user_agent, "address": row.address, "seen_at": row.seen_at.isoformat()}
            for row in person.browser_sessions.all()
        ],
        "tokens": list(person.tokens.values("name", "prefix", "role")),
        "calendar_feeds": [
            {"nic_handle": row.account.nic_handle, "created_at": row.created_at.isoformat()}
            for row in person.feeds.select_related("account")
        ],
        "invitations": list(
            Invitation.objects.filter(email__iexact=person.email).values("account", "role")
        ),
        "saved_views": list(person.saved_views.values("list", "name", "query")),
        "report_schedules": list(
            person.report_schedules.values("account", "report", "cadence", "kind")
        ),
        "notification_choices": list(
            TopicChoice.objects.filter(membership__user=person).values(
                "membership__account__nic_handle", "topic", "way"
            )
        ),
        "deeds": [
            {"kind": row.kind, "at": row.at.isoformat(), "subject": row.subject} for row in events
        ],
    }


@transaction.atomic
def erase(*, person: User, by: By) -> Erasure:
    """Close the person's access and put a pseudonym wherever the address stood.

    What was done stays in the history, under the pseudonym and the id.
    Raises Impossible for the only owner of an account: somebody must be able to run it.
    """
    for row in person.memberships.filter(role=Role.OWNER).select_related("account"):
        others = Membership.objects.filter(account=row.account, role=Role.OWNER)
        if not others.exclude(pk=row.pk).exists():
            text = _("%(person)s is the only owner of %(account)s. Name another one first.")
            raise Impossible(text % {"person": person, "account": row.account})
    erasure = Erasure.objects.create(
        subject=f"person:{person.pk}", because=Erasure.Because.ASKED, by_label=by.label
    )
    rows = Rows(account_id=None, places=[f"mail:{person.email}"[:80]], address=person.email)
    erasure.rows = scrub(rows=rows, values=[person.email], pseudonym=erasure.address)
    erasure.save(update_fields=["rows"])
    person.memberships.all().delete()
    person.saved_views.all().delete()
    person.report_schedules.all().delete()
    person.report_files.all().delete()
    person.tokens.update(revoked_at=now())
    person.feeds.filter(revoked_at=None).update(revoked_at=now())
    EmailAddress.objects.filter(user=person).delete()
    Authenticator.objects.filter(user=person).delete()
    person.browser_sessions.all().delete()
    Invitation.objects.filter(email__iexact=person.email).delete()
    with erasing():
        _replace_everywhere(person.email, erasure.address)
    _blank(person)
    journal.record(
        kind="person.erased",
        account_id=None,
        subject=erasure.subject,
        data={"pseudonym": erasure.pseudonym},
        by=by,
    )
    return erasure


def apply_retention() -> int:
    """Forget ended invitations and sessions, and addresses of old mail; returns how many rows."""
    at = now()
    old = at - timedelta(days=INVITATION_DAYS)
    ended = Invitation.objects.filter(expires_at__lt=old)
    mails = Operation.objects.filter(
        kind="notice.mail",
        state__in=[State.DONE, State.CANCELLED],
        followers=None,
        after=None,
        finished_at__lt=at - timedelta(days=settings.RETENTION_MAIL_DAYS),
    )
    sessions = BrowserSession.objects.ended()
    return sum(rows.delete()[0] for rows in (ended, mails, sessions))


def _blank(person: User) -> None:
    person.refresh_from_db()
    person.first_name = person.last_name = ""
    person.is_active = person.is_staff = person.is_superuser = False
    person.set_unusable_password()
    person.save()


def _replace_everywhere(address: str, pseudonym: str) -> None:
    """Every text column of every table that is just this address: who placed, wished, decided."""
    for model in apps.get_models():
        for column in model._meta.concrete_fields:
            length = getattr(column, "max_length", None) or len(address)
            if isinstance(column, models.CharField | models.TextField) and length >= len(address):
                rows = model._default_manager.filter(**{f"{column.name}__iexact": address})
                rows.update(**{column.name: pseudonym[: column.max_length]})
