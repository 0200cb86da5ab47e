"""One tenant's subscriptions as Microsoft lists them, against our rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from common.clock import microsoft_now
from journal import services as journal
from journal.models import OPEN, Operation
from journal.people import PORTAL, By
from subscriptions import learning
from subscriptions.models import Status, Subscription
from sync.compare import WATCHED, Difference, differences
from sync.models import Drift
from tenants.models import Tenant

LOOK = "sync.tenant"


@dataclass(frozen=True, slots=True)
class Author:
    """Whom Microsoft's audit names for a change."""

    name: str = ""
    at: datetime | None = None


NOBODY = Author()


Facts = Mapping[str, Any]
"""A subscription as Microsoft shows it, in columns of ours."""


@transaction.atomic
def ask_look(
    *, tenant: Tenant, by: By = PORTAL, author: str = "", at: datetime | None = None
) -> Operation:
    """Look at one tenant soon; a look that waits already is enough."""
    waiting = Operation.objects.filter(kind=LOOK, subject=f"sync:{tenant.key}", state="todo")
    return waiting.first() or journal.ask(
        kind=LOOK,
        account_id=tenant.account_id,
        subject=f"sync:{tenant.key}",
        listed_under=tenant.key,
        params={
            "tenant": tenant.pk,
            "author": author,
            "at": at.isoformat() if at is not None else "",
        },
        by=by,
    )


def differing(tenant: Tenant, shown: Sequence[Facts]) -> set[str]:
    """Microsoft's ids of subscriptions that a list shows otherwise than our rows, or not at all."""
    rows = {row.microsoft_id: row for row in _rows(tenant)}
    ids = {seen["microsoft_id"] for seen in shown}
    gone = {i for i, row in rows.items() if i not in ids and row.status != Status.DELETED}
    changed = {
        seen["microsoft_id"]
        for seen in shown
        if (row := rows.get(seen["microsoft_id"])) is not None and _differences(row, seen)
    }
    return gone | changed


@transaction.atomic
def store_look(
    *, tenant: Tenant, shown: Sequence[Facts], as_of: datetime, author: Author = NOBODY
) -> int:
    """Record what Microsoft shows; how many differences were listed.

    A subscription with a change of ours under way is left to that change.
    """
    busy = _busy(tenant)
    known = _rows(tenant).select_for_update(of=("self",))
    rows = {row.microsoft_id: row for row in known.select_related("tenant__account", "licence")}
    count, unchanged = 0, []
    for seen in shown:
        row = rows.get(seen["microsoft_id"])
        if row is None:
            if not _is_ordering(tenant):
                # The first look at a tenant finds what was there: nothing has changed.
                count += _adopt(tenant, seen, as_of, author, is_news=bool(rows))
        elif row.key not in busy and (row.as_of is None or row.as_of <= as_of):
            found = _differences(row, seen)
            if found or _has_moved(row, seen):
                _list(tenant, row, found, author)
                learning.learn(subscription=row, facts=seen, as_of=as_of)
                count += len(found)
            else:
                unchanged.append(row.pk)
    Subscription.objects.filter(pk__in=unchanged).update(as_of=as_of)
    return count


@transaction.atomic
def store_gone(*, tenant: Tenant, ids: Sequence[str], as_of: datetime, author: Author) -> int:
    """Subscriptions that Microsoft no longer knows: they have ended."""
    busy, count = _busy(tenant), 0
    for row in _rows(tenant).select_for_update().filter(microsoft_id__in=ids):
        if row.key in busy or row.status == Status.DELETED:
            continue
        ended = row.commitment_ends_at is not None and row.commitment_ends_at <= as_of
        found = [] if ended else [Difference("status", row.status, str(Status.DELETED))]
        _list(tenant, row, found, author)
        row.show(as_of=as_of, status=Status.DELETED)
        count += len(found)
    return count


@transaction.atomic
def store_left(*, tenant: Tenant, code: str, author: Author) -> int:
    """The customer is no longer the provider's: listed once, until somebody has noted it."""
    Tenant.objects.select_for_update().get(pk=tenant.pk)
    told = Drift.objects.unseen().filter(tenant=tenant, field="relationship")
    if told.exists():
        return 0
    Drift.objects.create(
        tenant=tenant,
        name=tenant.display_name,
        field="relationship",
        theirs=code,
        changed_by=author.name,
        changed_at=author.at,
        found_at=microsoft_now(),
    )
    journal.record(
        kind="tenant.left",
        account_id=tenant.account_id,
        subject=tenant.key,
        data={"code": code},
        by=By(author.name) if author.name else PORTAL,
    )
    return 1


def _rows(tenant: Tenant) -> Any:
    return Subscription.objects.filter(tenant=tenant).exclude(microsoft_id="")


def _busy(tenant: Tenant) -> set[str]:
    """Subjects with an operation under way: its own answer will tell."""
    rows = Operation.objects.filter(
        listed_under=tenant.key, subject__startswith="subscription:", state__in=OPEN
    )
    return set(rows.values_list("subject", flat=True))


def _is_ordering(tenant: Tenant) -> bool:
    """An order under way will recognise its own subscriptions."""
    rows = Operation.objects.filter(
        listed_under=tenant.key, kind__startswith="order.", state__in=OPEN
    )
    return rows.exists()


def _differences(row: Subscription, seen: Facts) -> list[Difference]:
    ours = {name: getattr(row, name) for name in WATCHED}
    ends, starts = row.commitment_ends_at, seen.get("starts_at")
    at = microsoft_now()
    return differences(
        ours,
        seen,
        is_new_term=starts is not None and row.starts_at is not None and starts > row.starts_at,
        has_ended=ends is not None and ends <= at,
    )


def _has_moved(row: Subscription, seen: Facts) -> bool:
    """Anything that we read is new: dates, windows, names."""
    facts = learning.understood(subscription=row, facts=seen)
    return any(getattr(row, name) != value for name, value in facts.items() if name != "microsoft")


def _adopt(tenant: Tenant, seen: Facts, as_of: datetime, author: Author, *, is_news: bool) -> int:
    row = learning.adopt(tenant=tenant, facts=seen, as_of=as_of)
    if row.status == Status.DELETED or not is_news:
        return 0
    _list(tenant, row, [Difference("bought", "", str(row.quantity))], author)
    return 1


def _list(tenant: Tenant, row: Subscription, found: Sequence[Difference], author: Author) -> None:
    at = microsoft_now()
    for each in found:
        Drift.objects.create(
            tenant=tenant,
            subscription=row,
            name=row.name,
            field=each.field,
            ours=each.ours[:200],
            theirs=each.theirs[:200],
            changed_by=author.name,
            changed_at=author.at,
            found_at=at,
        )
    if found:
        journal.record(
            kind="subscription.changed_elsewhere",
            account_id=tenant.account_id,
            subject=row.key,
            listed_under=tenant.key,
            data={each.field: [each.ours, each.theirs] for each in found},
            by=By(author.name) if author.name else PORTAL,
        )
