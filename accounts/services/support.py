"""Staff looks into an account: begin, allow changes, end. The account's audit tells all of it."""

from typing import Any

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from accounts.models import Membership, SupportVisit, User
from accounts.models.support import LONGEST
from accounts.second_factor.policy import is_missing
from accounts.services.account import record
from common.refusals import Impossible
from journal.people import PORTAL, By

SHORTEST_REASON = 10
"""Characters."""


@transaction.atomic
def begin_visit(*, staff: User, membership: Membership, reason: str) -> SupportVisit:
    """Read-only, for an hour; whatever visit the person was on ends.

    Raises Impossible where the account does not agree, where it asks for a second factor that
    the person has not got, and for a reason too short to mean something.
    """
    account = membership.account
    if not account.support_may_look:
        raise Impossible(_("This account does not let support look into it."), code="support_off")
    if is_missing(staff, account):
        raise Impossible(_("This account asks for a second factor, and you have none."))
    if len(reason.strip()) < SHORTEST_REASON:
        raise Impossible(_("Say in at least 10 characters why."), field="reason")
    for earlier in staff.support_visits.filter(ended_at=None):
        end_visit(visit=earlier, by=staff.by)
    at = now()
    visit = SupportVisit.objects.create(
        staff=staff,
        account=account,
        member=membership.user,
        reason=reason.strip(),
        began_at=at,
        ends_at=at + LONGEST,
    )
    until = visit.ends_at.isoformat(timespec="minutes")
    _record(visit, "support.began", staff.by, reason=visit.reason, until=until)
    return visit


@transaction.atomic
def allow_changes(*, visit: SupportVisit) -> bool:
    """Whether it did: a visit that is over stays over. The caller has seen who asks."""
    done = SupportVisit.objects.open().filter(pk=visit.pk, may_change=False).update(may_change=True)
    if done:
        _record(visit, "support.changes_allowed", visit.staff.by, reason=visit.reason)
    return bool(done)


@transaction.atomic
def end_visit(*, visit: SupportVisit, by: By = PORTAL) -> bool:
    """Whether it was still to be ended; a visit that ran out ended when it ran out."""
    at = min(now(), visit.ends_at)
    done = SupportVisit.objects.filter(pk=visit.pk, ended_at=None).update(ended_at=at)
    if done:
        _record(visit, "support.ended", by, reason=visit.reason)
    return bool(done)


def end_visits_that_are_over() -> int:
    """Those whose browser never came back; how many."""
    rows = SupportVisit.objects.over().select_related("account", "staff", "member")
    return sum(end_visit(visit=visit) for visit in rows)


def _record(visit: SupportVisit, kind: str, by: By, **data: Any) -> None:
    who = {"staff": visit.staff.email, "seen_as": visit.member.email}
    record(visit.account, kind, by, **who, **data)
