"""Can the zone be reached and believed at all? Pure."""

from dnsconfig import delegation
from dnsconfig.health.facts import MSOID, Facts, questions
from dnsconfig.health.results import Health, Result
from dnsconfig.seen import Standing, ZoneSeen
from dnsconfig.signatures import Chain


def parent(facts: Facts) -> Result:
    """`delegation`: the parent leads to the servers of the zone's host, and the zone agrees."""
    seen = facts.seen
    if seen is None or facts.provider_servers is None:
        return Result("delegation", Health.UNKNOWN, "untold")
    found = delegation.problem(
        zone=seen.zone, found=seen.delegation, servers=facts.provider_servers
    )
    if found:
        return Result("delegation", Health.FAILED, str(found["code"]), found)
    if seen.is_split:
        told = {"parent": list(seen.parent_servers), "own": list(seen.own_servers)}
        return Result("delegation", Health.WARNING, "own_servers", told)
    return Result("delegation", Health.OK, "good", {"servers": list(seen.parent_servers)})


def servers(facts: Facts) -> Result:
    """`servers`: each of them answers, and alike, and with all that was configured."""
    seen = facts.seen
    if seen is None or not any(not one.problem for one in seen.delegated):
        return Result("servers", Health.UNKNOWN, "untold")
    missing = [one.server for one in seen.delegated if one.standing(Standing.MISSING)]
    if missing and len(missing) < len(seen.delegated):
        return Result("servers", Health.FAILED, "differ", {"servers": missing})
    silent = [one.server for one in seen.delegated if one.problem]
    if silent:
        return Result("servers", Health.WARNING, "away", _out_of(seen, silent))
    if seen.lagging:
        return Result("servers", Health.WARNING, "lagging", {"servers": list(seen.lagging)})
    gone = _gone(facts, seen)
    if gone:
        return Result("servers", Health.WARNING, "gone", {"records": gone})
    return Result("servers", Health.OK, "good", {"all": len(seen.delegated)})


def _out_of(seen: ZoneSeen, silent: list[str]) -> dict[str, object]:
    all_of_them = len(seen.delegated)
    return {"servers": silent, "good": all_of_them - len(silent), "all": all_of_them}


def _gone(facts: Facts, seen: ZoneSeen) -> list[str]:
    """Configured, published nowhere, and the business of no other check."""
    others = set(questions(facts.domain, facts.services))
    missing = {r for one in seen.delegated for r in one.standing(Standing.MISSING)}
    return sorted(
        str(record)
        for record in missing
        if (record.name, record.type) not in others and "._domainkey." not in record.name
    )


def dnssec(facts: Facts) -> Result:
    """`dnssec`: who validates does not refuse the zone."""
    seen = facts.seen
    if seen is None or seen.dnssec is Chain.UNKNOWN:
        return Result("dnssec", Health.UNKNOWN, "untold")
    if seen.dnssec is Chain.BOGUS:
        return Result("dnssec", Health.FAILED, seen.broken.value if seen.broken else "bogus")
    return Result("dnssec", Health.OK, seen.dnssec.value)


def msoid(facts: Facts) -> Result | None:
    """`msoid`: it stops the activation of Office, outside China."""
    if facts.wanted_at(MSOID, "CNAME"):
        return None
    found = facts.asked(MSOID, "CNAME")
    if found is None:
        return Result("msoid", Health.UNKNOWN, "untold")
    if found:
        return Result("msoid", Health.FAILED, "there", {"found": found[0].value})
    return Result("msoid", Health.OK, "absent")
