"""Use cases of the health of domains: planned daily, asked for now, kept."""

import zlib
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils.timezone import now
from django.utils.translation import gettext as _

from common.clock import microsoft_now
from common.refusals import Impossible
from dnsconfig.health import notices
from dnsconfig.health.memory import follow
from dnsconfig.health.models import HealthCheck
from dnsconfig.health.results import Result
from dnsconfig.health.score import score
from dnsconfig.models import Domain
from journal import services as journal
from journal.models import OPEN, Operation
from journal.people import PORTAL, By

KIND = "dns.health"
SPREAD = timedelta(hours=20)
"""The looks of a day do not come all at once."""
REMEMBERED = timedelta(days=7)
"""So long the tasks are kept; what they saw is kept longer."""


def key_of(domain: Domain) -> str:
    """The subject of looks: they wait for nothing that is done to the domain."""
    return f"health:{domain.pk}"


@transaction.atomic
def plan_checks() -> int:
    """One look per configured domain and day, where none waits; returns how many were asked for."""
    today = microsoft_now().date().isoformat()
    due = Domain.objects.filter(configured_at__isnull=False).select_related("tenant")
    waiting = set(Operation.objects.filter(kind=KIND, state__in=OPEN).values_list("subject"))
    begin, asked = now(), 0
    for domain in due.order_by("pk").iterator(chunk_size=500):
        if (key_of(domain),) in waiting:
            continue
        delay = SPREAD * (zlib.crc32(domain.name.encode()) % 1000 / 1000)
        _ask(domain, PORTAL, once=f"{KIND}:{domain.pk}:{today}", not_before=begin + delay)
        asked += 1
    journal.forget_done(kind=KIND, before=begin - REMEMBERED)
    return asked


@transaction.atomic
def check_now(*, domain: Domain, by: By) -> Operation:
    """Look now, instead of the planned look of the day. Raises Impossible."""
    if domain.configured_at is None:
        text = _("This domain is not configured yet.")
        raise Impossible(text, code="not_configured")
    for waiting in _open(domain):
        if waiting.account_id is not None:
            return waiting
        journal.cancel(operation=waiting, by=by)  # unless it is being done: then one more follows
    return _ask(domain, by, account_id=domain.tenant.account_id, listed_under=domain.tenant.key)


def look_under_way(domain: Domain) -> Operation | None:
    """A look whose time has come and that has not ended."""
    return _open(domain).filter(not_before__lte=now()).first()


def _open(domain: Domain) -> QuerySet[Operation]:
    return Operation.objects.filter(subject=key_of(domain), state__in=OPEN)


@transaction.atomic
def keep(
    *, domain: Domain, results: Iterable[Result], at: datetime, operation: Operation | None = None
) -> HealthCheck:
    """Record a look; people hear of what has become worse, once, and events tell both ways."""
    Domain.objects.select_for_update().get(pk=domain.pk)
    last = domain.health_checks.first()
    followed = follow(results, last.remembered if last else ())
    kept = HealthCheck.objects.create(
        domain=domain,
        checked_at=at,
        score=score(followed.remembered),
        results=[one.to_json() for one in followed.remembered],
    )
    HealthCheck.objects.beyond_kept(domain.pk).delete()
    if followed.regressed:
        _tell(domain, "domain.health_failed", followed.regressed, operation)
        notices.tell_of_regression(domain, followed.regressed)
    if followed.recovered:
        _tell(domain, "domain.health_recovered", followed.recovered, operation)
    return kept


def _ask(
    domain: Domain,
    by: By,
    *,
    account_id: int | None = None,
    listed_under: str = "",
    once: str | None = None,
    not_before: datetime | None = None,
) -> Operation:
    """Without an account it is the portal's own business: it fills nobody's list of tasks."""
    return journal.ask(
        kind=KIND,
        account_id=account_id,
        subject=key_of(domain),
        listed_under=listed_under,
        params={"domain": domain.pk},
        by=by,
        once=once,
        not_before=not_before,
    )


def _tell(
    domain: Domain, kind: str, results: Iterable[Result], operation: Operation | None
) -> None:
    journal.record(
        kind=kind,
        account_id=domain.tenant.account_id,
        subject=domain.key,
        listed_under=domain.tenant.key,
        data={"domain": domain.name, "checks": [one.check for one in results]},
        operation=operation,
    )
