"""Use cases of delegated rights (GDAP) once they are granted: watched daily, put off, renewed."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from common.clock import microsoft_now
from common.refusals import Impossible
from journal import services as journal
from journal.models import OPEN, Operation, State
from journal.people import PORTAL, By
from partnercenter.types import Gdap as Relationship
from tenants import journey, notices, services
from tenants.models import ENDED, GRANTED, Gdap, GdapState, Tenant

CHECK, EXTEND = "tenant.check_rights", "tenant.extend_rights"
WARN_DAYS = (7, 30, 60)
"""So long before the end the reseller is told, where Microsoft does not extend by itself."""
STANDING = ("active", "expiring")


@transaction.atomic
def renew_rights(*, tenant: Tenant, by: By) -> Operation:
    """Put off the end where the rights stand; ask the customer anew where they have ended.

    Raises Impossible when there is nothing to do.
    """
    gdap = Gdap.objects.select_for_update().get(tenant=tenant)
    if gdap.has_ended:
        return _ask_anew(tenant, gdap, by)
    if not gdap.is_granted:
        raise Impossible(_("The customer has not approved the rights yet."), code="gdap")
    if gdap.extends:
        raise Impossible(_("Microsoft extends these rights by itself."), code="extends")
    running = Operation.objects.filter(subject=gdap.key, kind=EXTEND, state__in=OPEN).first()
    return running or journal.ask(
        kind=EXTEND,
        account_id=tenant.account_id,
        subject=gdap.key,
        listed_under=tenant.key,
        params={"tenant": tenant.pk},
        by=by,
    )


def plan_rights_checks() -> int:
    """One look per market and day, by Microsoft's clock; returns how many were asked for."""
    today = microsoft_now().date().isoformat()
    watched = Tenant.objects.filter(gdap__state__in=(*GRANTED, GdapState.PENDING))
    markets = list(watched.values_list("account__region", flat=True).distinct().order_by())
    with transaction.atomic():
        for market in markets:
            journal.ask(
                kind=CHECK,
                account_id=None,
                subject=f"rights:{market}",
                params={"market": market},
                by=PORTAL,
                once=f"{CHECK}:{market}:{today}",
            )
    return len(markets)


def rights_changed(*, gdap_id: str) -> bool:
    """Microsoft tells that one relationship has changed: look at it now. False: not one of ours."""
    gdap = Gdap.objects.select_related("tenant__account").filter(microsoft_id=gdap_id).first()
    if gdap is None:
        return False
    with transaction.atomic():
        journal.hurry(subjects=[gdap.key])
        journal.ask(
            kind=CHECK,
            account_id=gdap.tenant.account_id,
            subject=gdap.key,
            listed_under=gdap.tenant.key,
            params={"market": gdap.tenant.market, "gdap": gdap_id},
            by=PORTAL,
        )
    return True


def note_rights(*, market: str, seen: Iterable[Relationship], at: datetime) -> int:
    """Record what Microsoft shows of relationships of ours; returns how many have changed."""
    shown = {one.id: one for one in seen}
    watched = (*GRANTED, GdapState.PENDING)
    rows = Gdap.objects.filter(state__in=watched, tenant__account__region=market)
    ours = rows.filter(microsoft_id__in=shown).select_related("tenant__account")
    changed = sum(_note(gdap, shown[gdap.microsoft_id], at) for gdap in ours)
    rows.filter(microsoft_id__in=shown).update(checked_at=at)
    return changed


def _note(gdap: Gdap, seen: Relationship, at: datetime) -> bool:
    if seen.status.lower() not in STANDING:
        return _note_end(gdap, seen.status)
    if not gdap.is_granted:  # its own steps take up what has been approved
        return False
    facts = {"ends_at": seen.end_at, "extends": extends(seen)}
    is_new = any(getattr(gdap, name) != value for name, value in facts.items())
    if is_new:
        gdap.move(gdap.state, warned_days=None, **facts)
    _warn(gdap, at)
    return is_new


def extends(seen: Relationship) -> bool:
    """Microsoft puts off its end by itself."""
    return seen.auto_extend not in ("", "PT0S", "P0D")


def _note_end(gdap: Gdap, status: str) -> bool:
    known = next((state for state in ENDED if state.lower() == status.lower()), None)
    if known is None:
        return False
    gdap.move(known)
    services.record(gdap.tenant, "tenant.rights_ended", state=known)
    notices.tell_of_rights(gdap)
    return True


def _warn(gdap: Gdap, at: datetime) -> None:
    """Once per threshold, and never about an end that Microsoft puts off by itself."""
    left = gdap.days_left(at)
    if left is None or gdap.extends:
        return
    due = next((days for days in WARN_DAYS if left <= days), None)
    if due is None or (gdap.warned_days is not None and gdap.warned_days <= due):
        return
    gdap.move(gdap.state, warned_days=due)
    services.record(gdap.tenant, "tenant.rights_expiring", days=left)
    notices.tell_of_rights(gdap)


def _ask_anew(tenant: Tenant, gdap: Gdap, by: By) -> Operation:
    facts = {"microsoft_id": "", "link": "", "ends_at": None, "warned_days": None}
    gdap.move(GdapState.WANTED, renewals=gdap.renewals + 1, **facts)
    services.record(tenant, "tenant.rights_asked_again", by)
    tenant.refresh_from_db()
    for step in Operation.objects.filter(subject=gdap.key, state__in=[State.TODO, State.ERROR]):
        journal.cancel(operation=step, by=by)
    chain = journey.Chain(tenant, journey=f"rights:{tenant.pk}:{gdap.renewals}", by=by)
    return journey.ask_for_rights(chain)
