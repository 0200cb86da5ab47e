"""`sync.catch_up`: what Microsoft's audit says has changed since it was read last."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from functools import partial

from common.clock import microsoft_now
from common.errors import Busy
from journal.models import Operation
from journal.work import Done, Wait, Work
from partnercenter import connect
from partnercenter.types import AuditRecord
from sync.models import Watch
from sync.remote.sweep import wait_for
from sync.services.audit import Change, note_changes

OVERLAP = timedelta(minutes=15)
"""Records show late; so much is read again."""


def catch_up(work: Work) -> Done | Wait:
    """`sync.catch_up`: params `market`. One page of records stands for hundreds of lists."""
    market = work.params["market"]
    watch, _new = Watch.objects.get_or_create(market=market)
    at = microsoft_now()
    since = (watch.audited_until or at) - OVERLAP
    try:
        records = list(connect(market).audit_records(since=since))
    except Busy as busy:
        return wait_for(busy)
    fresh = [record for record in records if record.id not in set(watch.seen)]
    return Done({"records": len(fresh)}, partial(_note, market, at, records, fresh))


def _note(
    market: str,
    at: datetime,
    records: list[AuditRecord],
    fresh: Iterable[AuditRecord],
    _operation: Operation,
) -> None:
    note_changes(market=market, changes=list(_changes(fresh)), at=at)
    Watch.objects.filter(market=market).update(
        audited_until=at, seen=[record.id for record in records]
    )


def _changes(records: Iterable[AuditRecord]) -> Iterator[Change]:
    for record in records:
        if record.customer_id:
            yield Change(
                customer_id=record.customer_id.lower(),
                author=record.user or record.application_id,
                at=record.at,
                request_id=record.correlation_id.lower(),
            )
