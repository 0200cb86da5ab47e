"""The authoritative servers, each asked for every record: only they say that it is done."""

from datetime import timedelta
from typing import Any

from django.utils.translation import gettext_noop

from common.errors import Busy
from dnsconfig.looking import look
from dnsconfig.models import DnsPlan, Kind
from dnsconfig.remote import NO_DNS, plan_of, record
from dnsconfig.resolver import Unanswered, configured
from dnsconfig.signatures import Chain
from dnsconfig.standing import standing_runs
from journal.models import NextActor, Operation
from journal.work import Done, Wait, Work

LAGGING = gettext_noop("Not every name server answers with all of the records yet.")
BOGUS = gettext_noop(
    "The zone's DNSSEC signatures do not validate: many resolvers find none of its records."
)
PATIENCE = timedelta(days=2)


def verify(work: Work) -> Done | Wait:
    """`dns.verify`: done when each server that the parent names answers with each record.

    Asked often at first, every five minutes in the end. A signed zone must validate, too.
    """
    run = plan_of(work)
    approved = run.plan
    assert approved is not None
    try:
        seen = look(
            approved.zone,
            approved.expected,
            resolver=configured(),
            absent=approved.gone,
        )
    except Unanswered as error:
        raise Busy(NO_DNS, code="dns") from error
    published = [one.to_json() for one in seen.servers]
    if seen.is_published:
        done, _all = seen.published_on
        return Done(
            {"servers": done, "dnssec": seen.dnssec.value},
            lambda operation: _finish(run, published, operation),
        )
    run.note_published(published)
    pause = min(1 + work.waited.total_seconds() / 10, 300)
    text = BOGUS if seen.dnssec is Chain.BOGUS else LAGGING
    return Wait(pause, NextActor.PORTAL, text, limit=PATIENCE)


def signature_problem(zone: str) -> dict[str, Any] | None:
    """Why writing into a signed zone would be seen by nobody who validates, or None.

    Nothing can be told, and None is returned, where the parents do not answer.
    """
    try:
        seen = look(zone, (), resolver=configured())
    except Unanswered:
        return None
    if seen.dnssec is not Chain.BOGUS:
        return None
    return {"code": "bogus", "zone": zone, "broken": seen.broken.value if seen.broken else ""}


def _finish(run: DnsPlan, published: list[dict[str, Any]], operation: Operation) -> None:
    if not run.finish(published):
        return
    if run.kind == Kind.CONFIGURE:
        run.domain.configure(run.services)
        record(run, "domain.configured", operation, services=run.services)
    else:
        left = sorted({service for one in standing_runs(run.domain) for service in one.services})
        run.domain.settle(left)
        record(run, f"dns.{run.kind}_done", operation, services=left)
