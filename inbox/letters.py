"""The mails of notifications, in the reader's language and the account's time zone."""

from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone, translation

from accounts.models import Membership, Site, Topic, Way
from accounts.services import choices_url
from inbox.models import Notification

LONGEST: Final = 200
"""Rows of one digest; the rest stands in the portal."""


@dataclass(frozen=True)
class Letter:
    subject: str
    text: str
    html: str
    headers: dict[str, str] = field(default_factory=dict)


def of_event(row: Notification) -> Letter:
    """What is urgent, at once."""
    return _written("event", row.membership, {"row": row})


def digest(member: Membership, rows: list[Notification], *, way: Way, day: date) -> Letter:
    """Everything of a day or week, by topic in the order of `Topic`."""
    order = list(Topic)
    rows = sorted(rows, key=lambda row: order.index(Topic(row.topic)))  # stable: newest first
    groups = [
        (Topic(topic).label, list(found)) for topic, found in groupby(rows, key=lambda r: r.topic)
    ]
    context = {"groups": groups, "number": len(rows), "way": way.value, "day": day}
    return _written("digest", member, context)


def _written(template: str, member: Membership, context: dict[str, Any]) -> Letter:
    context = {
        **context,
        "account": member.account,
        "portal_url": settings.PORTAL_URL,
        "site_name": Site.current().shown_name,
        "choices_url": choices_url(),
    }
    with (
        translation.override(member.user.language),
        timezone.override(ZoneInfo(member.account.time_zone)),
    ):
        subject, text, html = (
            render_to_string(f"notices/{template}.{kind}", context)
            for kind in ("subject.txt", "txt", "html")
        )
    headers = {"List-Unsubscribe": f"<{choices_url()}>"}
    return Letter(" ".join(subject.split()), text.strip() + "\n", html, headers)
