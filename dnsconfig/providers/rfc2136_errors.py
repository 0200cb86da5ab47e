"""What a name server's refusals mean: the families of `common.errors`, in words for people."""

from typing import TypeVar

import dns.message
import dns.rcode
import dns.tsig
from django.utils.translation import gettext_noop

from common.errors import Misconfigured, NotFound, Refused, RemoteError

ADDRESS = gettext_noop("This name server has no address that the portal may reach.")
APEX = gettext_noop("The NS and SOA records at the top of a zone are never changed.")
BAD_SERVER = gettext_noop("Enter the name server as a name or an address, with :port if need be.")
BAD_ZONES = gettext_noop("Enter the names of the zones, separated by blanks.")
BESIDE_ALIAS = gettext_noop("An alias (CNAME) must be alone at its name.")
CREDENTIALS = gettext_noop("The name server refuses the key: check its name, algorithm and secret.")
CLOCK = gettext_noop("The name server refuses the key because its clock and ours differ.")
NOT_ALLOWED = gettext_noop(
    "The name server knows the key, but does not let it transfer (AXFR) this zone, or update it so."
)
NOT_HELD = gettext_noop("The name server does not hold this zone.")
NO_ANSWER = gettext_noop("The name server does not answer.")
OUTSIDE = gettext_noop("The record is outside the zone.")
OVERLOADED = gettext_noop("The name server cannot carry this out just now.")
CHANGED = gettext_noop("The zone was changed since it was read.")
SIGNATURES = gettext_noop("Records of this type are the name server's own.")
NOT_TAKEN = gettext_noop("The name server does not take a record of this kind.")
TOO_BIG = gettext_noop("This is more than the portal can read or write at once.")

TSIG_ERRORS = (
    dns.tsig.PeerError,
    dns.tsig.BadTime,
    dns.tsig.BadSignature,
    dns.tsig.BadKey,
    dns.tsig.BadAlgorithm,
    dns.message.BadTSIG,
    dns.message.UnknownTSIGKey,
)

NOT_UNDERSTOOD = frozenset({dns.rcode.FORMERR, dns.rcode.NOTZONE})
"""Answers to an update that this server can make nothing of."""

STALE = frozenset({dns.rcode.NXDOMAIN, dns.rcode.YXDOMAIN, dns.rcode.YXRRSET, dns.rcode.NXRRSET})
"""Answers to an update whose prerequisites do not hold (RFC 2136 §2.2)."""


E = TypeVar("E", bound=RemoteError)


class Denied(Exception):
    """The answer is not NOERROR, or nobody has signed it."""

    def __init__(self, rcode: dns.rcode.Rcode, *, is_signed: bool) -> None:
        super().__init__(dns.rcode.to_text(rcode) + ("" if is_signed else ", unsigned"))
        self.rcode = rcode
        self.is_signed = is_signed

    @property
    def is_stale(self) -> bool:
        return self.is_signed and self.rcode in STALE


def credentials(error: Exception) -> Misconfigured:
    """Wrong secret, unknown key, wrong algorithm, clock: each server says it in another way."""
    is_clock = isinstance(error, dns.tsig.PeerBadTime | dns.tsig.BadTime)
    return told(Misconfigured(CLOCK if is_clock else CREDENTIALS, code="tsig"), error)


def not_held(error: Exception) -> NotFound:
    return told(NotFound(NOT_HELD, code="zone"), error)


def not_allowed(error: Exception) -> Misconfigured:
    return told(Misconfigured(NOT_ALLOWED, code="refused"), error)


def impossible(text: str, code: str, about: object) -> Refused:
    """A record or a key that must change."""
    return told(Refused(text, code=code), about)


def told(error: E, detail: object) -> E:
    error.detail = str(detail) or type(detail).__name__
    return error
