"""Asks Microsoft about MPN IDs: the only module here that talks to another system."""

import time
from collections.abc import Callable
from functools import partial

from django.core.exceptions import ImproperlyConfigured

from accounts import services
from accounts.models import PartnerId, PartnerState
from accounts.verdicts import Verdict, cannot_tell, looks_like_mpn_id, refused, valid
from common.errors import Busy, Misconfigured, OutcomeUnknown, Refused, RemoteError
from journal.models import Operation
from journal.people import PORTAL
from journal.work import Done, Work
from partnercenter import PartnerCenter, connect
from partnercenter.types import IndirectReseller

LIVE = 3.0
"""Seconds that a person waits for a live check."""
UNKNOWN_ID = "3000"
NOT_SIGNED = "2203"
REFUSED = "900414"
"""When Microsoft refuses a partner of record without a code."""
AT_ONCE = 100
"""MPN IDs in one question; Microsoft names no limit."""
DECIDING = frozenset({"2000", "2200", "2201", "2203", "2204"})
"""Codes of the agreement check that speak of the reseller; any other decides nothing."""

Left = Callable[[], float | None]


def check(work: Work) -> Done:
    """`partner.check`: judge a registered MPN ID again, daily or because somebody asked."""
    partner = PartnerId.objects.select_related("account").get(pk=work.params["partner_id"])
    if partner.state == PartnerState.REMOVED:
        return Done({"removed": True})
    verdict = judge(partner)
    return Done(
        {"outcome": verdict.outcome.value, "code": verdict.code},
        partial(_apply, partner, verdict),
    )


def check_all(work: Work) -> Done:
    """`partner.check_all`: every MPN ID of a market in as few questions as can be.

    One whose profile or agreement cannot be read just now gets a check of its own.
    """
    market = work.params["market"]
    rows = PartnerId.objects.to_recheck().filter(account__region=market)
    partners = list(rows.select_related("account"))
    client = _client(market)
    known = {reseller.mpn_id: reseller for reseller in client.indirect_resellers()}
    allowed = _partners_of_record(client, [partner.mpn_id for partner in partners])
    verdicts = {
        partner: _verdict_or_unknown(client, partner.mpn_id, known, allowed) for partner in partners
    }
    return Done(
        {"checked": len(verdicts), "refused": sum(v.is_refused for v in verdicts.values())},
        partial(_apply_all, verdicts),
    )


def judge(partner_id: PartnerId) -> Verdict:
    """Valid or refused, never unknown. Raises RemoteError when Microsoft cannot be asked."""
    return ask(alias=partner_id.account.region, mpn_id=partner_id.mpn_id)


def partner_check(*, alias: str, mpn_id: str, timeout: float = LIVE) -> Verdict:
    """For a person who waits; a failure means "cannot tell", never yes. `timeout` in seconds."""
    try:
        return ask(alias=alias, mpn_id=mpn_id, timeout=timeout)
    except RemoteError as error:
        return cannot_tell(mpn_id, error.code)


def ask(*, alias: str, mpn_id: str, timeout: float | None = None) -> Verdict:
    """Digits, profile, agreement and region, relationship, partner of record: in this order.

    `timeout` is for all questions together, in seconds. Raises RemoteError.
    """
    if not looks_like_mpn_id(mpn_id):
        return refused(mpn_id, "digits")
    client, left = _client(alias), _countdown(timeout)
    name, refusal = _standing(client, mpn_id, left)
    if refusal is not None:
        return refusal
    listed = _relationship(client, mpn_id, left)
    if listed is None:
        return refused(mpn_id, "relationship", name=name)
    code, said = _partner_of_record(client, mpn_id, left)
    return _last_word(mpn_id, name, listed, code, said)


def _standing(client: PartnerCenter, mpn_id: str, left: Left) -> tuple[str, Verdict | None]:
    """The name at Microsoft, and the refusal by profile or agreement, if any."""
    try:
        name = client.partner_profile(mpn_id=mpn_id, timeout=left()).name
    except Refused as refusal:
        if refusal.code != UNKNOWN_ID:
            raise
        return "", refused(mpn_id, UNKNOWN_ID)
    code = _agreement(client, mpn_id, left)
    return name, refused(mpn_id, code, name=name) if code else None


def _last_word(mpn_id: str, name: str, listed: IndirectReseller, code: str, said: str) -> Verdict:
    """Partner of record or not; `code` is Microsoft's refusal, empty when there is none."""
    if not code and not listed.is_active:
        code = "relationship"
    if code:
        return refused(mpn_id, code, said=said, name=name)
    return valid(mpn_id, name=name, tenant_id=listed.tenant_id)


def _agreement(client: PartnerCenter, mpn_id: str, left: Left) -> str:
    """The code of the refusal; empty when the agreement is signed in the provider's region."""
    try:
        signed = client.agreement_status(mpn_id=mpn_id, timeout=left())
    except Refused as refusal:
        if refusal.code not in DECIDING:
            raise
        return refusal.code
    return "" if signed else NOT_SIGNED


def _relationship(client: PartnerCenter, mpn_id: str, left: Left) -> IndirectReseller | None:
    """The reseller in the provider's relationships; one that is not active is told why next."""
    for reseller in client.indirect_resellers(timeout=left()):
        if reseller.mpn_id == mpn_id:
            return reseller
    return None


def _partners_of_record(client: PartnerCenter, mpn_ids: list[str]) -> dict[str, tuple[str, str]]:
    """Code and words of the refusal of each ID that the answers mention; empty ones are good."""
    said = {}
    for start in range(0, len(mpn_ids), AT_ONCE):
        for result in client.validate_partners(mpn_ids=mpn_ids[start : start + AT_ONCE]):
            good = ("", "")
            said[result.mpn_id] = (
                good if result.is_valid else (result.code or REFUSED, result.message)
            )
    return said


def _verdict_or_unknown(
    client: PartnerCenter,
    mpn_id: str,
    known: dict[str, IndirectReseller],
    allowed: dict[str, tuple[str, str]],
) -> Verdict:
    try:
        name, refusal = _standing(client, mpn_id, lambda: None)
    except (Busy, OutcomeUnknown) as error:
        return cannot_tell(mpn_id, error.code)
    if refusal is not None:
        return refusal
    if mpn_id not in known:
        return refused(mpn_id, "relationship", name=name)
    if mpn_id not in allowed:
        return cannot_tell(mpn_id, "empty")
    return _last_word(mpn_id, name, known[mpn_id], *allowed[mpn_id])


def _partner_of_record(client: PartnerCenter, mpn_id: str, left: Left) -> tuple[str, str]:
    """The code and the words of the refusal; empty when it may be partner of record."""
    for result in client.validate_partners(mpn_ids=[mpn_id], timeout=left()):
        if result.mpn_id == mpn_id:
            return ("", "") if result.is_valid else (result.code or REFUSED, result.message)
    raise Busy("Microsoft's answer does not mention this MPN ID.", code="empty")


def _client(alias: str) -> PartnerCenter:
    try:
        return connect(alias)
    except ImproperlyConfigured as error:
        raise Misconfigured(str(error), code="region") from error


def _countdown(timeout: float | None) -> Left:
    """Each call gives the seconds that are left. Raises Busy when none are."""
    if timeout is None:
        return lambda: None
    end = time.monotonic() + timeout

    def left() -> float:
        rest = end - time.monotonic()
        if rest <= 0:
            raise Busy("Microsoft did not answer in time.", code="timeout")
        return rest

    return left


def _apply(partner: PartnerId, verdict: Verdict, operation: Operation) -> None:
    services.apply_verdict(partner_id=partner, verdict=verdict, operation=operation)


def _apply_all(verdicts: dict[PartnerId, Verdict], operation: Operation) -> None:
    for partner, verdict in verdicts.items():
        if verdict.is_unknown:
            services.recheck(partner_id=partner, by=PORTAL)
        else:
            _apply(partner, verdict, operation)
