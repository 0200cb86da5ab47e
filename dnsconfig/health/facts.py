"""Everything that the checks of one look read. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from dnsconfig.names import organisation_of
from dnsconfig.records import Record
from dnsconfig.seen import ZoneSeen
from partnercenter.types.domains import EMAIL, INTUNE, SKYPE

Question = tuple[str, str]
"""Name and type."""

SELECTORS = ("selector1", "selector2")
AUTODISCOVER, FEDERATION = "autodiscover", "_sipfederationtls._tcp"
REGISTRATION, ENROLLMENT, MSOID = "enterpriseregistration", "enterpriseenrollment", "msoid"


@dataclass(frozen=True)
class SpfCount:
    """Look-ups of a whole SPF tree; `is_complete` is false where a name did not answer."""

    total: int
    void: int
    is_complete: bool


@dataclass(frozen=True)
class Facts:
    """One domain as it is seen now."""

    domain: str
    services: tuple[str, ...]
    wanted: tuple[Record, ...] = ()
    """What the runs of the configuration left published."""
    provider_servers: tuple[str, ...] | None = None
    """None: the zone's host did not tell."""
    seen: ZoneSeen | None = None
    """None: the parents did not answer."""
    answers: Mapping[Question, tuple[Record, ...] | None] = field(default_factory=dict)
    """None: nobody answered."""
    spf_count: SpfCount | None = None
    is_planned: bool = False
    """Runs made it so: what they do not want, a person left out or left as it was."""

    def has(self, service: str) -> bool:
        return service in self.services

    def asked(self, label: str, kind: str) -> tuple[Record, ...] | None:
        """Records of this type in the answer at a label below the domain, or at the domain."""
        answer = self.answers.get((at(label, self.domain), kind))
        return None if answer is None else tuple(one for one in answer if one.type == kind)

    def wanted_at(self, label: str, kind: str) -> tuple[Record, ...]:
        name = at(label, self.domain)
        return tuple(one for one in self.wanted if one.name == name and one.type == kind)


def questions(domain: str, services: tuple[str, ...]) -> list[Question]:
    """What is asked for the services of a domain."""
    asked = [(MSOID, "CNAME")]
    if EMAIL in services:
        asked += [("", "MX"), ("", "TXT"), ("_dmarc", "TXT"), (AUTODISCOVER, "CNAME")]
        asked += [(f"{selector}._domainkey", "TXT") for selector in SELECTORS]
    if SKYPE in services:
        asked += [(FEDERATION, "SRV")]
    if INTUNE in services:
        asked += [(REGISTRATION, "CNAME"), (ENROLLMENT, "CNAME")]
    found = [(at(label, domain), kind) for label, kind in asked]
    above = organisation_of(domain)
    if EMAIL in services and above != domain:
        found.append((at("_dmarc", above), "TXT"))
    return found


def at(label: str, domain: str) -> str:
    return f"{label}.{domain}" if label else domain
