"""Mail of this room, sent through the journal: a mail server that is away loses nothing."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from accounts.models import Account, Site, Topic, User
from accounts.telling import Reader, readers
from journal import services as journal
from journal.models import Operation
from journal.people import PORTAL, By


def post(
    *,
    to: str,
    subject: str,
    text: str,
    by_label: str,
    html: str = "",
    account_id: int | None = None,
) -> Operation:
    """Send a mail through the journal; the text may hold a link that is a secret."""
    with transaction.atomic():
        return journal.ask(
            kind="notice.mail",
            account_id=account_id,
            subject=f"mail:{to}"[:80],
            by=By(label=by_label),
            params={"to": to, "subject": subject},
            secret={"text": text, "html": html},
        )


def choices_url() -> str:
    """Where people choose what they are told and how."""
    return settings.PORTAL_URL + reverse("inbox:choices")


def post_notice(
    *,
    to: str,
    template: str,
    language: str,
    context: dict[str, Any],
    by: By,
    account_id: int | None = None,
) -> Operation:
    """Send `notices/{template}.subject.txt`, `.txt` and `.html` in the reader's language."""
    with translation.override(language):
        site_name = Site.current().shown_name
        context = {**context, "portal_url": settings.PORTAL_URL, "site_name": site_name}
        subject, text, html = (
            render_to_string(f"notices/{template}.{kind}", context)
            for kind in ("subject.txt", "txt", "html")
        )
    return post(
        to=to,
        subject=" ".join(subject.split()),
        text=text.strip() + "\n",
        html=html,
        by_label=by.label,
        account_id=account_id,
    )


def tell_members(
    *, account: Account, topic: Topic, template: str, context: dict[str, Any], place: str = ""
) -> None:
    """A notice at once to those of the account who want mail about this, in each one's language.

    `place`: what it is about, as the journal lists it; somebody may have asked for quiet there.
    """
    found = readers(account_id=account.pk, topic=topic, place=place)
    tell_readers(found, template=template, context=context)


def tell_readers(found: Iterable[Reader], *, template: str, context: dict[str, Any]) -> None:
    """The same to just these, where they want it by mail at once."""
    context = {**context, "choices_url": choices_url()}
    for reader in found:
        if reader.by_mail_now:
            person, account_id = reader.membership.user, reader.membership.account_id
            _tell([person], template, context, account_id)


def tell_staff(*, template: str, context: dict[str, Any]) -> None:
    """A notice to every active member of the provider's staff, in each one's language."""
    staff = User.objects.filter(is_staff=True, is_active=True).exclude(email="")
    _tell(list(staff), template, context, None)


def _tell(people: list[User], template: str, context: dict[str, Any], account: int | None) -> None:
    for person in people:
        post_notice(
            to=person.email,
            template=template,
            language=person.language,
            context=context,
            by=PORTAL,
            account_id=account,
        )
