"""Use cases of academic, charity and government customers."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import Role, Topic
from accounts.services import tell_readers
from accounts.telling import reading
from common.clock import microsoft_now
from common.refusals import Impossible
from common.segments import Segment
from journal import services as journal
from journal.models import OPEN, Operation
from journal.people import PORTAL, By
from tenants.models import EducationKind, Qualification, QualificationState, Tenant
from tenants.services import need_usable, record

QUALIFY, AWAIT = "tenant.qualify", "tenant.await_qualification"
ASKABLE = (Segment.EDUCATION, Segment.NONPROFIT, Segment.GOVERNMENT)
ONLY_READ = (Segment.NONPROFIT,)
"""Decided in Microsoft's own portal: its API only shows the result."""


def segments_of(tenant: Tenant | None) -> list[str]:
    """The segments a customer may buy from; of a customer to be, the commercial one."""
    if tenant is None:
        return [Segment.COMMERCIAL.value]
    approved = tenant.qualifications.approved().values_list("segment", flat=True)
    return [Segment.COMMERCIAL.value, *approved]


@transaction.atomic
def ask_qualification(
    *,
    tenant: Tenant,
    segment: str,
    education_kind: str = "",
    website: str = "",
    by: By,
) -> Operation:
    """Ask Microsoft to vet a customer, or to read back what its own portal has decided.

    The same wish while it is being vetted is the same operation. Raises Impossible beside the
    field that is missing.
    """
    need_usable(tenant)
    Tenant.objects.select_for_update().get(pk=tenant.pk)
    _check(segment, education_kind, website)
    known = tenant.qualifications.filter(segment=segment).first()
    if known is not None and known.is_approved:
        text = _("Microsoft has approved this customer for this segment already.")
        raise Impossible(text, field="segment")
    waiting = _under_way(known)
    if waiting is not None:
        return waiting
    facts = {
        "state": QualificationState.ASKED,
        "reason": "",
        "education_kind": education_kind if segment == Segment.EDUCATION else "",
        "website": website,
        "asked_by": by.label,
        "asked_by_id": by.user_id,
        "decided_at": None,
    }
    row, _new = Qualification.objects.update_or_create(
        tenant=tenant, segment=segment, defaults=facts
    )
    record(tenant, "tenant.qualification_asked", by, segment=segment, website=website)
    return _ask(row, by)


def _ask(row: Qualification, by: By) -> Operation:
    """The steps: ask (where that can be asked), then wait for the decision."""
    first = None
    if row.segment not in ONLY_READ:
        first = _step(QUALIFY, row, by, None)
    waiting = _step(AWAIT, row, by, first)
    return first or waiting


def _step(kind: str, row: Qualification, by: By, after: Operation | None) -> Operation:
    return journal.ask(
        kind=kind,
        account_id=row.tenant.account_id,
        subject=row.key,
        listed_under=row.tenant.key,
        params={"qualification": row.pk},
        after=after,
        by=by,
    )


def _under_way(row: Qualification | None) -> Operation | None:
    if row is None:
        return None
    return Operation.objects.filter(subject=row.key, state__in=OPEN).order_by("pk").first()


def look_again(*, qualification: Qualification, by: By) -> Operation:
    """Ask Microsoft now how far it is, instead of at the next turn."""
    waiting = _under_way(qualification)
    if waiting is None:
        with transaction.atomic():
            return _step(AWAIT, qualification, by, None)
    journal.hurry(subjects=[qualification.key])
    return waiting


def plan_rereads() -> None:
    """Daily: what is in review and no longer waited for is read again; weekly what is approved."""
    week_ago = microsoft_now() - timedelta(days=7)
    in_review = Q(state=QualificationState.IN_REVIEW)
    old = Q(state=QualificationState.APPROVED, as_of__lt=week_ago)
    for row in Qualification.objects.filter(in_review | old).select_related("tenant__account"):
        if _under_way(row) is None:
            look_again(qualification=row, by=PORTAL)


@dataclass(frozen=True)
class Vetting:
    """What Microsoft shows of one segment of a customer."""

    segment: str
    state: str
    reason: str
    since: datetime | None


def note(*, tenant: Tenant, shown: Iterable[Vetting], operation: Operation | None = None) -> None:
    """Record what Microsoft shows; a segment that was decided elsewhere becomes a row, too."""
    for vetting in shown:
        row, _new = Qualification.objects.get_or_create(tenant=tenant, segment=vetting.segment)
        _move(row, vetting, operation)


def note_all(*, tenant: Tenant, shown: Iterable[Vetting], operation: Operation) -> None:
    """The same for the whole list: a segment that is approved here and no longer shown, ends."""
    vettings = list(shown)
    note(tenant=tenant, shown=vettings, operation=operation)
    missing = tenant.qualifications.approved().exclude(segment__in=[v.segment for v in vettings])
    for row in missing:
        gone = Vetting(row.segment, QualificationState.ENDED, "", None)
        _move(row, gone, operation)


def _move(row: Qualification, vetting: Vetting, operation: Operation | None) -> None:
    """A change is an event and, once decided, a mail."""
    before = row.state
    if not row.show(state=vetting.state, reason=vetting.reason, since=vetting.since):
        return
    record(
        row.tenant,
        "tenant.qualification_changed",
        operation=operation,
        segment=row.segment,
        before=before,
        after=vetting.state,
        reason=vetting.reason,
    )
    if not row.is_open:
        _tell(row)


def _tell(qualification: Qualification) -> None:
    """Mail to the one who asked, or to the owners where that person has left."""
    tenant = qualification.tenant
    members = tenant.account.memberships
    asked = members.filter(user_id=qualification.asked_by_id or 0)
    people = asked if asked.exists() else members.filter(role=Role.OWNER)
    tell_readers(
        reading(people, topic=Topic.DELEGATIONS, place=tenant.key),
        template="qualification",
        context={"qualification": qualification, "tenant": tenant},
    )


def _check(segment: str, education_kind: str, website: str) -> None:
    """Raises Impossible with all that is missing."""
    if segment not in ASKABLE:
        raise Impossible(_("Choose education, nonprofit or government."), field="segment")
    errors: dict[str, str] = {}
    if segment == Segment.EDUCATION and education_kind not in EducationKind.values:
        errors["education_kind"] = _("Choose the kind of school.")
    if segment == Segment.EDUCATION and not website:
        errors["website"] = _("Microsoft needs the school's website.")
    if errors:
        raise Impossible.several(errors)
