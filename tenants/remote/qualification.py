"""Qualifications at Microsoft: asked for once, then read until they are decided."""

from datetime import timedelta
from functools import partial
from typing import Final

from django.utils.translation import gettext_noop

from common.errors import Misconfigured
from common.segments import Segment
from journal.models import NextActor, Operation
from journal.work import Done, Wait, Work
from partnercenter import connect, requests
from partnercenter.base import PartnerCenter
from partnercenter.request import Request
from partnercenter.types import Qualification as Shown
from tenants import qualifications
from tenants.models import Qualification, QualificationState
from tenants.qualifications import Vetting

WORDS: Final = {
    Segment.EDUCATION: "Education",
    Segment.NONPROFIT: "Nonprofit",
    Segment.GOVERNMENT: "GovernmentCommunityCloud",
}
PATIENCE: Final = timedelta(days=90)


def qualify(work: Work) -> Done:
    """`tenant.qualify`: params `qualification`.

    Sent again after an hour it would begin the vetting anew: it is looked up first.
    """
    row = _row(work)
    if work.must_read_back:
        found = _shown(row).get(row.segment)
        if found is not None and found.state != QualificationState.DENIED:
            return Done({"state": found.state}, partial(_keep, row, found))
        work.begin_anew()
    client = connect(row.tenant.market)
    stored, request_id = work.request(lambda: _request(client, row).to_json())
    told = client.qualify(Request.from_json(stored), request_id=request_id)
    vetting = _vetting(row.segment, told)
    return Done({"state": vetting.state}, partial(_keep, row, vetting))


def _request(client: PartnerCenter, row: Qualification) -> Request:
    is_government = row.segment == Segment.GOVERNMENT
    return requests.qualify(
        customer_id=row.tenant.microsoft_id,
        qualification=WORDS[Segment(row.segment)],
        education_segment=row.education_kind,
        website="" if is_government else row.website,
        validation_code=_code(client) if is_government else "",
    )


def _code(client: PartnerCenter) -> str:
    """One of the provider's own codes that is not used up. Raises Misconfigured: staff asks
    Microsoft for more."""
    for code in client.validation_codes():
        if code.remaining > 0:
            return code.id
    raise Misconfigured(
        gettext_noop("Microsoft has given the provider no validation code for authorities."),
        code="validation_code",
    )


def await_decision(work: Work) -> Done | Wait:
    """`tenant.await_qualification`: vetting takes minutes to days; the pauses grow to a day."""
    row = _row(work)
    shown = _shown(row)
    mine = shown.get(row.segment)
    if mine is not None and mine.state in (QualificationState.APPROVED, QualificationState.DENIED):
        return Done({"state": mine.state}, partial(_keep_all, row, shown))
    if mine is None and row.is_approved:
        return Done({"state": QualificationState.ENDED}, partial(_keep_all, row, shown))
    return Wait(seconds=_pause(work.waited), text=_text(row), actor=_actor(row), limit=PATIENCE)


def _row(work: Work) -> Qualification:
    rows = Qualification.objects.select_related("tenant__account")
    return rows.get(pk=work.params["qualification"])


def _shown(row: Qualification) -> dict[str, Vetting]:
    """What Microsoft shows of the customer, by our segments; words we do not know are left out."""
    told = connect(row.tenant.market).qualifications(customer_id=row.tenant.microsoft_id)
    segments = {word.lower(): segment.value for segment, word in WORDS.items()}
    named = [(segments.get(each.name.lower()), each) for each in told]
    return {segment: _vetting(segment, each) for segment, each in named if segment}


def _vetting(segment: str, told: Shown) -> Vetting:
    """`InReview` is `inreview` here; a qualification without a vetting state is a fact."""
    state = told.vetting_status.lower() or QualificationState.APPROVED.value
    return Vetting(segment, state, told.reason, told.created_at)


def _keep(row: Qualification, vetting: Vetting, operation: Operation) -> None:
    qualifications.note(tenant=row.tenant, shown=[vetting], operation=operation)


def _keep_all(row: Qualification, shown: dict[str, Vetting], operation: Operation) -> None:
    qualifications.note_all(tenant=row.tenant, shown=shown.values(), operation=operation)


def _pause(waited: timedelta) -> float:
    """A tenth of what has been waited already, between 3 seconds and a day."""
    return min(max(waited.total_seconds() / 10, 3.0), 86_400.0)


def _text(row: Qualification) -> str:
    if row.segment in qualifications.ONLY_READ:
        return gettext_noop("Microsoft's nonprofit portal has not approved the customer yet.")
    return gettext_noop("Microsoft is vetting the customer.")


def _actor(row: Qualification) -> NextActor:
    is_customers = row.segment in qualifications.ONLY_READ
    return NextActor.CUSTOMER if is_customers else NextActor.MICROSOFT
