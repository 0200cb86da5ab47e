"""The authoritative servers, each asked for every record: only they say that it is done."""

from datetime import timedelta
from typing import Any

from django.utils.translation import gettext_noop

from common.errors import Busy
from dnsconfig.models import DnsPlan
from dnsconfig.records import Record
from dnsconfig.remote import NO_DNS, plan_of, record
from dnsconfig.resolver import Resolver, Server, Unanswered, configured
from journal.models import NextActor, Operation
from journal.work import Done, Wait, Work

LAGGING = gettext_noop("Not every name server answers with all of the records yet.")
PATIENCE = timedelta(days=2)


def verify(work: Work) -> Done | Wait:
    """`dns.verify`: done when each server that the parent names answers with each record."""
    run = plan_of(work)
    approved = run.plan
    assert approved is not None
    resolver = configured()
    try:
        found = resolver.delegation(approved.zone)
    except Unanswered as error:
        raise Busy(NO_DNS, code="dns") from error
    servers = found.servers if found else ()
    published = [_seen(resolver, server, approved.expected) for server in servers]
    if published and all(one["missing"] == [] for one in published):
        return Done(
            {"servers": len(published)}, lambda operation: _finish(run, published, operation)
        )
    run.note_published(published)
    pause = min(1 + work.waited.total_seconds() / 10, 300)
    return Wait(pause, NextActor.PORTAL, LAGGING, limit=PATIENCE)


def _seen(resolver: Resolver, server: Server, expected: tuple[Record, ...]) -> dict[str, Any]:
    """What one server (all of its addresses) does not answer with yet, and why not."""
    missing: list[str] = []
    errors: set[str] = set()
    for one in expected:
        told = resolver.ask_all([server], one.name, one.type)
        errors |= {answer.error for answer in told if answer.error}
        if not all(one in answer.records for answer in told):
            missing.append(str(one))
    return {
        "server": server.name,
        "addresses": list(server.addresses),
        "expected": len(expected),
        "missing": missing,
        "errors": sorted(errors),
    }


def _finish(run: DnsPlan, published: list[dict[str, Any]], operation: Operation) -> None:
    if run.finish(published):
        run.domain.configure(run.services)
        record(run, "domain.configured", operation, services=run.services)
