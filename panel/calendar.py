"""The calendar of an account: renewals, ends of terms, windows, scheduled changes."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Count, F, Q, Window
from django.db.models.functions import RowNumber
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.access import Actor
from panel import ics
from subscriptions.access import subscriptions_of
from subscriptions.contracts import batches
from subscriptions.models import EndChoice, Status, Subscription, has_window
from subscriptions.renewals import UNDECIDED, with_day, with_outlook
from subscriptions.rules.contract import midnight
from subscriptions.rules.terms import Period, add_months
from subscriptions.templatetags.subscriptions import scheduled_lines

MONTHS: Final = 13
"""A whole year, and the month in which one looks ahead."""
DAY: Final = timedelta(days=1)
MOST: Final = 20
"""Terms of one day on the page; the rest is behind a link."""
TOLD: Final = (
    "name", "quantity", "status", "refundable", "scheduled", "commitment_ends_at", "updated_at",
    "tenant__display_name", "tenant__service_name",
)  # fmt: skip
"""Columns that an entry is made of: there may be ten thousand."""


@dataclass(frozen=True, kw_only=True)
class Entry:
    """Something that happens to a subscription on a day (UTC)."""

    kind: str
    """`renewal`, `end`, `window` or `change`."""
    key: str
    """The same for the same thing, whenever it is asked for."""
    day: date
    text: str
    subscription: Subscription

    @property
    def summary(self) -> str:
        """In one line, for a program that shows no more."""
        row = self.subscription
        where = f"{row.name}, {row.tenant.display_name}"
        return _("%(what)s: %(where)s") % {"what": self.text, "where": where}


@dataclass(frozen=True)
class Rest:
    """How many more terms a day has than are shown."""

    day: date
    count: int
    key: str = "~"
    """After all that is shown of the day."""


def ahead(at: datetime) -> Period:
    """From today to thirteen months from now."""
    today = at.astimezone(UTC).date()
    return Period(today, add_months(today, MONTHS))


def entries(actor: Actor, at: datetime, days: Period) -> Iterator[Entry]:
    """What happens on these days, unsorted; one query.

    Of a monthly term the running one is told, not each of those after it. Windows are those that
    are open at `at`.
    """
    found = _ends(days) | has_window(after=at, until=midnight(days.end + DAY))
    for row in _standing(actor).filter(found).iterator():
        for entry in (*_of_term(row), *_of_change(row), *_of_windows(row, at)):
            if entry.day in days:
                yield entry


def first_entries(actor: Actor, at: datetime, days: Period) -> list[Entry | Rest]:
    """The same by day, of each day no more than `MOST` terms, then how many are left out.

    Two queries: a day of a big account has a thousand terms, which nobody reads one by one.
    """
    by_day = Window(RowNumber(), partition_by=[F("day")], order_by=["pk"])
    terms: Any = with_day(_standing(actor).filter(_ends(days))).annotate(
        place=by_day, in_day=Window(Count("pk"), partition_by=[F("day")])
    )
    found: list[Entry | Rest] = []
    for row in terms.filter(day__range=(days.start, days.end), place__lte=MOST):
        found += _of_term(row)
        if row.place == MOST < row.in_day:
            found.append(Rest(row.day, row.in_day - MOST))
    changes = ~Q(scheduled={}) & _ends(days)
    others = _standing(actor).filter(changes | has_window(after=at, until=midnight(days.end + DAY)))
    for row in others.iterator():
        both = (*_of_change(row), *_of_windows(row, at))
        found += [entry for entry in both if entry.day in days]
    return sorted(found, key=lambda each: (each.day, each.key))


def _standing(actor: Actor) -> Any:
    rows = subscriptions_of(actor).filter(status__in=[Status.ACTIVE, Status.SUSPENDED])
    return with_outlook(rows).select_related("tenant").only(*TOLD).order_by("pk")


def _ends(days: Period) -> Q:
    return Q(
        commitment_ends_at__gte=midnight(days.start - DAY),
        commitment_ends_at__lt=midnight(days.end + DAY),
    )


def _of_term(row: Subscription) -> Iterator[Entry]:
    if row.commitment_ends_at is None:
        return
    last = row.commitment_ends_at.astimezone(UTC).date()
    kind, day, text = _outlook(row, last)
    key = f"subscription-{row.pk}-term-{last:%Y%m%d}"
    yield Entry(kind=kind, key=key, day=day, text=text, subscription=row)


def _of_change(row: Subscription) -> Iterator[Entry]:
    if row.commitment_ends_at is None or not row.scheduled:
        return
    last = row.commitment_ends_at.astimezone(UTC).date()
    text = _("Scheduled change (%(change)s)") % {"change": ", ".join(scheduled_lines(row))}
    key = f"subscription-{row.pk}-change-{last:%Y%m%d}"
    yield Entry(kind="change", key=key, day=last + DAY, text=text, subscription=row)


def _outlook(row: Subscription, last: date) -> tuple[str, date, str]:
    """A renewal is on the day after the term's last; an end on its last."""
    outlook = str(row.outlook)  # type: ignore[attr-defined]
    if outlook == EndChoice.RENEW:
        return "renewal", last + DAY, _("Renewal")
    texts = {
        str(EndChoice.CANCEL): _("Last day"),
        str(EndChoice.EXTEND): _("Last day of the term, then month by month"),
        UNDECIDED: _("Last day of the term, nobody has chosen what follows"),
    }
    return "end", last, texts.get(outlook, _("Last day of the term"))


def _of_windows(row: Subscription, at: datetime) -> Iterator[Entry]:
    for batch in batches(row):
        if row.status != Status.ACTIVE or not batch.is_open(at):
            continue
        until = batch.until.astimezone(UTC)
        last = until - timedelta(microseconds=1)  # a window that closes at midnight ends the day
        text = ngettext(
            "Last day to give back %(count)s licence (until %(time)s UTC)",
            "Last day to give back %(count)s licences (until %(time)s UTC)",
            batch.quantity,
        ) % {"count": batch.quantity, "time": _time(until)}
        key = f"subscription-{row.pk}-window-{until:%Y%m%dT%H%M%SZ}"
        yield Entry(kind="window", key=key, day=last.date(), text=text, subscription=row)


def _time(until: datetime) -> str:
    return f"{until:%H:%M}" if until.time() != time() else "24:00"


def feed(actor: Actor, at: datetime) -> Iterator[bytes]:
    """The calendar for other programs, in the active language."""
    return ics.calendar(
        _("%(account)s: licences") % {"account": actor.account.name},
        (_event(entry) for entry in entries(actor, at, ahead(at))),
    )


def _event(entry: Entry) -> ics.Event:
    row = entry.subscription
    return ics.Event(
        uid=f"{entry.key}@{urlsplit(settings.PORTAL_URL).hostname}",
        day=entry.day,
        summary=entry.summary,
        description=_licences(row),
        url=settings.PORTAL_URL + row.get_absolute_url(),
        stamp=row.updated_at,
    )


def _licences(row: Subscription) -> str:
    text = ngettext("%(count)s licence", "%(count)s licences", row.quantity)
    return f"{text % {'count': row.quantity}}, {row.tenant.service_name}"
