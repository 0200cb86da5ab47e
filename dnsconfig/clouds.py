"""Which records a service needs in which of Microsoft's clouds, as data. Pure.

Values that a tenant is given (MX above all) come from Microsoft's answer alone; the targets here
are those that are the same for everybody, and serve to see conflicts ahead. Source: Microsoft 365,
external Domain Name System records, and the pages for GCC High, DoD and 21Vianet.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from dnsconfig.plan import Need, Wanted
from dnsconfig.records import Record, cname, srv, txt
from partnercenter.types.domains import EMAIL, INTUNE, SKYPE

WORLDWIDE = "worldwide"


@dataclass(frozen=True)
class Rule:
    """One record of a service; `value` is empty where each tenant gets its own."""

    service: str
    type: str
    label: str
    value: str = ""
    need: Need = Need.REQUIRED
    why: str = ""
    """Code of the sentence that says why somebody may do without."""


_FEDERATION = "_sipfederationtls._tcp"
_PHONES = ("obsolete_phones", Need.OBSOLETE)
_CLIENTS = ("obsolete_clients", Need.OBSOLETE)


def _spf(host: str) -> Rule:
    return Rule(EMAIL, "TXT", "", f"v=spf1 include:{host} -all")


def _intune(enrollment: str, why: str = "manual_enrollment") -> tuple[Rule, ...]:
    return (
        Rule(INTUNE, "CNAME", "enterpriseregistration", "enterpriseregistration.windows.net"),
        Rule(INTUNE, "CNAME", "enterpriseenrollment", enrollment, Need.OPTIONAL, why),
    )


def _skype(host: str, *, is_whole: bool) -> tuple[Rule, ...]:
    """`is_whole`: the cloud still needs the two aliases and the service for phones."""
    why, need = ("", Need.REQUIRED) if is_whole else _PHONES
    alias_why, alias_need = ("", Need.REQUIRED) if is_whole else _CLIENTS
    return (
        Rule(SKYPE, "SRV", _FEDERATION, f"100 1 5061 sipfed.{host}"),
        Rule(SKYPE, "SRV", "_sip._tls", f"100 1 443 sipdir.{host}", need, why),
        Rule(SKYPE, "CNAME", "sip", f"sipdir.{host}", alias_need, alias_why),
        Rule(SKYPE, "CNAME", "lyncdiscover", f"webdir.{host}", alias_need, alias_why),
    )


CLOUDS: dict[str, tuple[Rule, ...]] = {
    WORLDWIDE: (
        Rule(EMAIL, "MX", ""),
        _spf("spf.protection.outlook.com"),
        Rule(EMAIL, "CNAME", "autodiscover", "autodiscover.outlook.com"),
        *_skype("online.lync.com", is_whole=False),
        *_intune("enterpriseenrollment-s.manage.microsoft.com"),
    ),
    "gcc_high": (
        Rule(EMAIL, "MX", ""),
        _spf("spf.protection.office365.us"),
        Rule(EMAIL, "CNAME", "autodiscover", "autodiscover.office365.us"),
        Rule(SKYPE, "SRV", _FEDERATION, "100 1 5061 sipfed.online.gov.skypeforbusiness.us"),
        *_intune("enterpriseenrollment-s.manage.microsoft.us"),
    ),
    "dod": (
        Rule(EMAIL, "MX", ""),
        _spf("spf.protection.office365.us"),
        Rule(EMAIL, "CNAME", "autodiscover", "autodiscover-dod.office365.us"),
        Rule(SKYPE, "SRV", _FEDERATION, "100 1 5061 sipfed.online.dod.skypeforbusiness.us"),
    ),
    "21vianet": (
        Rule(EMAIL, "MX", ""),
        _spf("spf.protection.partner.outlook.cn"),
        Rule(EMAIL, "CNAME", "autodiscover", "autodiscover.partner.outlook.cn"),
        Rule(EMAIL, "CNAME", "msoid", "clientconfig.partner.microsoftonline-p.net.cn"),
        *_skype("online.partner.lync.cn", is_whole=True),
    ),
}


def weighted(record: Record, *, domain: str, service: str, cloud: str, is_optional: bool) -> Wanted:
    """How much the service needs the record; one that is not known here, as Microsoft says."""
    for rule in CLOUDS[cloud]:
        if (rule.service, rule.type, _name(rule, domain)) == (service, record.type, record.name):
            return Wanted(record, rule.need, rule.why)
    return Wanted(record, Need.OPTIONAL, "said_optional") if is_optional else Wanted(record)


def likely(*, domain: str, services: Collection[str], cloud: str) -> Iterator[Wanted]:
    """What the services will ask for, where everybody gets the same: only to look ahead."""
    for rule in CLOUDS[cloud]:
        if rule.service in services and rule.value:
            yield Wanted(_record(rule, domain), rule.need, rule.why)


def unwanted(*, domain: str, cloud: str) -> tuple[Record, ...]:
    """What must not be there: `msoid` stops the activation of Office outside 21Vianet."""
    if any(rule.label == "msoid" for rule in CLOUDS[cloud]):
        return ()
    return (Record(f"msoid.{domain}", "CNAME", ""),)


def _name(rule: Rule, domain: str) -> str:
    return f"{rule.label}.{domain}" if rule.label else domain


def _record(rule: Rule, domain: str) -> Record:
    name = _name(rule, domain)
    if rule.type == "TXT":
        return txt(name, rule.value)
    if rule.type == "CNAME":
        return cname(name, rule.value)
    priority, weight, port, target = rule.value.split(" ")
    return srv(name, int(priority), int(weight), int(port), target)
