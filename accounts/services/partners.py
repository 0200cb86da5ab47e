"""MPN IDs: registering, judging again, deciding whose one is."""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import Account, PartnerId, PartnerState
from accounts.services import compliance
from accounts.verdicts import DECIDED, Verdict, reason_for, refused
from common.refusals import Impossible
from journal import services as journal
from journal.models import OPEN, Operation
from journal.people import PORTAL, By

KIND = "partner.check"


def register_partner_id(
    *, account: Account, verdict: Verdict, by: By, confirmed_name: str = ""
) -> PartnerId:
    """Register an MPN ID that Microsoft has just judged; `confirmed_name` is what the person saw.

    Raises Impossible beside `mpn_id` for a refusal, for "cannot tell", and when another account
    holds it: then the claim is kept and staff decides.
    """
    if not verdict.is_valid:
        raise Impossible(verdict.sentence, field="mpn_id", code=verdict.code)
    if confirmed_name and confirmed_name != verdict.name:
        text = _("Microsoft now knows this MPN ID as %(name)s. Confirm again.")
        raise Impossible(text % {"name": verdict.name}, field="mpn_id", code="name")
    partner = _register(account, verdict, by)
    if partner.state == PartnerState.STAFF:
        raise Impossible(_held(verdict).sentence, field="mpn_id", code="held")
    return partner


@transaction.atomic
def apply_verdict(
    *,
    partner_id: PartnerId,
    verdict: Verdict,
    by: By = PORTAL,
    operation: Operation | None = None,
) -> bool:
    """Record what Microsoft says now; True when that changed the state.

    "Cannot tell" changes nothing, nor does Microsoft's word what the account or staff has decided.
    """
    partner = PartnerId.objects.select_related("account").get(pk=partner_id.pk)
    before = partner.state
    if verdict.is_unknown or not _is_open_to(partner, verdict) or not _settle(partner, verdict):
        return False
    if partner.state == before:
        return False
    kind = "partner_id.valid" if partner.is_valid else "partner_id.invalid"
    _record(partner, kind, by, operation, code=partner.code, before=before)
    if before == PartnerState.VALID:
        compliance.warn_now(partner)
    compliance.ask_to_enforce(partner, by)
    return True


@transaction.atomic
def recheck(*, partner_id: PartnerId, by: By) -> Operation:
    """Ask Microsoft again, now; a check that is under way already is that check."""
    running = Operation.objects.filter(subject=partner_id.key, kind=KIND, state__in=OPEN).first()
    return running or _ask(partner_id, by)


@transaction.atomic
def remove_partner_id(*, partner_id: PartnerId, by: By) -> bool:
    """The account gives it up: no orders under it. False when it was changed meanwhile."""
    if partner_id.state == PartnerState.REMOVED:
        return False
    if not partner_id.judge(PartnerState.REMOVED, code="removed", text=reason_for("removed").text):
        return False
    _record(partner_id, "partner_id.removed", by)
    if partner_id.tenants.exists():
        compliance.warn_now(partner_id)
    return True


@transaction.atomic
def decide_claim(*, partner_id: PartnerId, grant: bool, by: By) -> None:
    """Staff decides whose an MPN ID is; granted, the other account loses it.

    Raises Impossible when nothing waits for a decision.
    """
    partner = PartnerId.objects.select_for_update().get(pk=partner_id.pk)
    if partner.state != PartnerState.STAFF:
        raise Impossible(_("This MPN ID does not wait for a decision."))
    if not grant:
        _decide(partner, PartnerState.REFUSED, "claim_refused", "partner_id.claim_refused", by)
        return
    others = PartnerId.objects.filter(mpn_id=partner.mpn_id, state=PartnerState.VALID)
    for holder in others.select_related("account"):
        _decide(holder, PartnerState.REFUSED, "given_away", "partner_id.invalid", by)
        compliance.warn_now(holder)
    _decide(partner, PartnerState.VALID, "", "partner_id.claim_granted", by)
    _ask(partner, by)


def _ask(partner: PartnerId, by: By) -> Operation:
    return journal.ask(
        kind=KIND,
        account_id=partner.account_id,
        subject=partner.key,
        params={"partner_id": partner.pk},
        by=by,
    )


@transaction.atomic
def _register(account: Account, verdict: Verdict, by: By) -> PartnerId:
    partner, _new = PartnerId.objects.get_or_create(
        account=account, mpn_id=verdict.mpn_id, defaults={"state": PartnerState.REMOVED}
    )
    before = partner.state
    _settle(partner, verdict)
    if partner.state != before:
        kind = "partner_id.registered" if partner.is_valid else "partner_id.claimed"
        _record(partner, kind, by, name=partner.name)
        compliance.ask_to_enforce(partner, by)
    return partner


def _is_open_to(partner: PartnerId, verdict: Verdict) -> bool:
    """A claim can only be refused by Microsoft; what was removed or decided stays."""
    if partner.state == PartnerState.STAFF:
        return verdict.is_refused
    if partner.state == PartnerState.REFUSED:
        return partner.code not in DECIDED
    return partner.state == PartnerState.VALID


def _settle(partner: PartnerId, verdict: Verdict) -> bool:
    """Record a verdict; an MPN ID that another account holds waits for staff instead."""
    if not verdict.is_valid:
        return partner.judge(PartnerState.REFUSED, code=verdict.code, text=verdict.text)
    facts = {"name": verdict.name, "tenant_id": verdict.tenant_id}
    try:
        with transaction.atomic():
            return partner.judge(PartnerState.VALID, **facts)
    except IntegrityError:
        held = _held(verdict)
        return partner.judge(PartnerState.STAFF, code=held.code, text=held.text, **facts)


def _decide(partner: PartnerId, state: str, code: str, kind: str, by: By) -> None:
    text = refused(partner.mpn_id, code).text if code else ""
    partner.judge(state, code=code, text=text)
    _record(partner, kind, by, code=code)
    compliance.ask_to_enforce(partner, by)


def _held(verdict: Verdict) -> Verdict:
    return refused(verdict.mpn_id, "held", name=verdict.name)


def _record(
    partner: PartnerId, kind: str, by: By, operation: Operation | None = None, **data: Any
) -> None:
    journal.record(
        kind=kind,
        account_id=partner.account_id,
        subject=partner.key,
        data={"mpn_id": partner.mpn_id, **data},
        by=by,
        operation=operation,
    )
