"""Names that Microsoft's programs look for: where they lead. Pure."""

from dnsconfig.health.facts import AUTODISCOVER, ENROLLMENT, FEDERATION, REGISTRATION, Facts
from dnsconfig.health.results import Health, Result
from dnsconfig.records import Record, cname, srv
from partnercenter.types.domains import EMAIL, INTUNE, SKYPE

OUTDATED = ("enterpriseenrollment.manage.microsoft.com.",)
"""They work, but ask people to confirm."""

WORLDWIDE = {
    AUTODISCOVER: "autodiscover.outlook.com",
    REGISTRATION: "enterpriseregistration.windows.net",
    ENROLLMENT: "enterpriseenrollment-s.manage.microsoft.com",
}
"""Where no run of the configuration says otherwise."""


def autodiscover(facts: Facts) -> Result | None:
    return _alias("autodiscover", AUTODISCOVER, facts) if facts.has(EMAIL) else None


def registration(facts: Facts) -> Result | None:
    return _alias("registration", REGISTRATION, facts) if facts.has(INTUNE) else None


def enrollment(facts: Facts) -> Result | None:
    return _alias("enrollment", ENROLLMENT, facts) if facts.has(INTUNE) else None


def federation(facts: Facts) -> Result | None:
    """`federation`: other organisations find the way to Teams."""
    default = srv(facts.domain, 100, 1, 5061, "sipfed.online.lync.com")
    wanted = _wanted(FEDERATION, default, facts)
    if not facts.has(SKYPE) or not wanted:
        return None
    found = facts.asked(FEDERATION, "SRV")
    if found is None:
        return Result("federation", Health.UNKNOWN, "untold")
    hosts = {_port_and_host(one.value) for one in wanted}
    told = {"wanted": wanted[0].value, "found": [one.value for one in found]}
    if not found:
        return Result("federation", Health.FAILED, "absent", told)
    if not hosts & {_port_and_host(one.value) for one in found}:
        return Result("federation", Health.FAILED, "other", told)
    return Result("federation", Health.OK, "good", told)


def _wanted(label: str, default: Record, facts: Facts) -> tuple[Record, ...]:
    """What a run has put there; nothing where a person wanted it otherwise."""
    found = facts.wanted_at(label, default.type)
    return found if found or facts.is_planned else (default,)


def _alias(check: str, label: str, facts: Facts) -> Result | None:
    wanted = _wanted(label, cname(facts.domain, WORLDWIDE[label]), facts)
    if not wanted:
        return None
    found = facts.asked(label, "CNAME")
    if found is None:
        return Result(check, Health.UNKNOWN, "untold")
    told = {"wanted": wanted[0].value, "found": [one.value for one in found]}
    if not found:
        return Result(check, Health.FAILED, "absent", told)
    if found[0].value in OUTDATED:
        return Result(check, Health.WARNING, "outdated", told)
    if found[0].value not in {one.value for one in wanted}:
        return Result(check, Health.FAILED, "other", told)
    return Result(check, Health.OK, "good", told)


def _port_and_host(value: str) -> tuple[str, str]:
    _priority, _weight, port, host = value.split(" ")
    return port, host
