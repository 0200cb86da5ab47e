"""What Microsoft's answers about an MPN ID mean, and what a reseller can do about each.

Pure: no database, no network. The texts are message ids; pages translate them where they are read.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from django.utils.translation import gettext, gettext_noop

CREATE_URL: Final = "https://partner.microsoft.com/dashboard/v2/commerce/enrollment/partner"
ENROL_URL: Final = "https://learn.microsoft.com/partner-center/enroll/csp-indirect-reseller"
AGREEMENT_URL: Final = (
    "https://learn.microsoft.com/partner-center/enroll/microsoft-partner-agreement"
)
IDS_URL: Final = "https://learn.microsoft.com/partner-center/account-settings/partner-center-mpn-id"
LINK_URL: Final = (
    "https://learn.microsoft.com/partner-center/customers/indirect-reseller-tasks-in-partner-center"
)


@dataclass(frozen=True, slots=True)
class Reason:
    """A refusal in plain words, the next step, and the page where it is taken."""

    text: str
    advice: str = ""
    link: str = ""


_UNKNOWN_ID = Reason(
    gettext_noop("Microsoft knows no partner with this MPN ID."),
    gettext_noop("Check the digits, or create a Partner (MPN) ID at Microsoft."),
    CREATE_URL,
)
_NO_PARTNER_OF_RECORD = gettext_noop("Microsoft does not accept this MPN ID as partner of record.")

REASONS: Final[dict[str, Reason]] = {
    # Ours: nobody is asked.
    "digits": Reason(
        gettext_noop("An MPN ID consists of 5 to 10 digits."),
        gettext_noop("You find it in Partner Center under account settings, identifiers."),
        IDS_URL,
    ),
    # GET /v1/profiles/mpn
    "3000": _UNKNOWN_ID,
    # GET /v1/compliance/csp/agreementstatus
    "2000": Reason(
        gettext_noop("Microsoft does not read this as an MPN ID."),
        gettext_noop("You find it in Partner Center under account settings, identifiers."),
        IDS_URL,
    ),
    "2200": _UNKNOWN_ID,
    "2201": Reason(
        gettext_noop("This MPN ID belongs to another CSP region than the one you sell in."),
        gettext_noop("Use the ID of your company's location in this region, or create one there."),
        IDS_URL,
    ),
    "2203": Reason(
        gettext_noop("The Microsoft Partner Agreement has not been signed for this MPN ID."),
        gettext_noop("Have a global administrator of your company sign it in Partner Center."),
        AGREEMENT_URL,
    ),
    "2204": Reason(
        gettext_noop("This MPN ID is not registered as an indirect reseller in the CSP programme."),
        gettext_noop("Enrol your company as an indirect reseller at Microsoft."),
        ENROL_URL,
    ),
    # GET /v1/relationships
    "relationship": Reason(
        gettext_noop("Your company has no active relationship with this provider at Microsoft."),
        gettext_noop("Ask the provider for its invitation and accept it in Partner Center."),
        LINK_URL,
    ),
    # POST /v1/partners/validateresellers
    "900400": Reason(
        _NO_PARTNER_OF_RECORD,
        gettext_noop(
            "The ID is not linked to an active reseller: see its state in Partner Center."
        ),
        LINK_URL,
    ),
    "900414": Reason(
        _NO_PARTNER_OF_RECORD,
        gettext_noop("Microsoft has suspended it for transactions: contact Microsoft's support."),
        LINK_URL,
    ),
    # The provider's staff
    "held": Reason(
        gettext_noop("Another account of this portal holds this MPN ID."),
        gettext_noop("The provider's staff has been asked to decide whose it is."),
    ),
    "claim_refused": Reason(
        gettext_noop("The provider's staff decided that this MPN ID belongs to another account."),
        gettext_noop("Contact the provider if you do not agree."),
    ),
    "removed": Reason(
        gettext_noop("Your account has removed this MPN ID."),
        gettext_noop("Register it again as long as services run under it."),
    ),
    "given_away": Reason(
        gettext_noop("The provider's staff gave this MPN ID to another account."),
        gettext_noop("Contact the provider if you do not agree."),
    ),
}

DECIDED: Final = frozenset({"claim_refused", "given_away"})
"""Staff's own decisions: Microsoft's word does not change them."""


def reason_for(code: str) -> Reason:
    """The words for a code; empty ones when we have none."""
    return REASONS.get(code, Reason(""))


class Outcome(StrEnum):
    VALID = "valid"
    REFUSED = "refused"
    UNKNOWN = "unknown"
    """Microsoft could not be asked: neither yes nor no."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What Microsoft says of one MPN ID now."""

    mpn_id: str
    outcome: Outcome
    name: str = ""
    tenant_id: str = ""
    code: str = ""
    text: str = ""

    @property
    def is_valid(self) -> bool:
        return self.outcome is Outcome.VALID

    @property
    def is_refused(self) -> bool:
        return self.outcome is Outcome.REFUSED

    @property
    def is_unknown(self) -> bool:
        return self.outcome is Outcome.UNKNOWN

    @property
    def next_step(self) -> Reason:
        return reason_for(self.code)

    @property
    def sentence(self) -> str:
        """Refusal, next step and code in the reader's language, for beside a field."""
        step = self.next_step
        words = [gettext(part) for part in (self.text, step.advice) if part]
        if self.code.isdecimal():
            words.append(gettext("(Microsoft's code %(code)s)") % {"code": self.code})
        return " ".join(words)


def valid(mpn_id: str, *, name: str, tenant_id: str) -> Verdict:
    return Verdict(mpn_id, Outcome.VALID, name=name, tenant_id=tenant_id)


def refused(mpn_id: str, code: str, *, said: str = "", name: str = "") -> Verdict:
    """`said`: Microsoft's own words, used when we have none for the code."""
    text = reason_for(code).text or said
    return Verdict(mpn_id, Outcome.REFUSED, name=name, code=code, text=text)


def cannot_tell(mpn_id: str, code: str = "") -> Verdict:
    text = gettext_noop("Microsoft could not be asked just now. Try again in a moment.")
    return Verdict(mpn_id, Outcome.UNKNOWN, code=code, text=text)


def looks_like_mpn_id(text: str) -> bool:
    """5 to 10 ASCII digits."""
    return text.isascii() and text.isdecimal() and 5 <= len(text) <= 10
