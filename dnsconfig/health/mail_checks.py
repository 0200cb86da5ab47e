"""Does mail reach Microsoft, and is mail from there believed? Pure."""

import re

from dnsconfig import spf
from dnsconfig.health.facts import SELECTORS, Facts, SpfCount, at
from dnsconfig.health.results import Health, Result
from dnsconfig.mail_hosts import is_gateway, is_microsofts, is_proof
from dnsconfig.names import organisation_of
from dnsconfig.records import Record
from partnercenter.types.domains import EMAIL

MICROSOFT_INCLUDES = frozenset(
    {
        "spf.protection.outlook.com",
        "spf.protection.office365.us",
        "spf.protection.partner.outlook.cn",
    }
)
MOST_LOOK_UPS, MOST_VOID = 10, 2
"""RFC 7208 §4.6.4."""
_POLICY = re.compile(r"(?:^|;)\s*(s?p)\s*=\s*(none|quarantine|reject)\s*(?=;|$)", re.I)
_KEY = re.compile(r"(?:^|;)\s*p\s*=\s*[A-Za-z0-9+/=]", re.I)


def mx(facts: Facts) -> Result | None:
    """`mx`: mail goes to Microsoft, or where the configuration left it, and nowhere else."""
    if not facts.has(EMAIL):
        return None
    found = facts.asked("", "MX")
    if found is None:
        return Result("mx", Health.UNKNOWN, "untold")
    real = [record for record in found if not is_proof(record)]
    told = {"found": [record.value for record in real]}
    if not real:
        return Result("mx", Health.FAILED, "absent")
    wanted = {record for record in facts.wanted_at("", "MX") if not is_proof(record)}
    if set(real) == wanted:
        return Result("mx", Health.OK, "good", told)
    if facts.is_planned and not wanted and not any(map(is_microsofts, real)):
        return Result("mx", Health.OK, "kept", told)
    return _judge_mx(real, wanted, told)


def _judge_mx(real: list[Record], wanted: set[Record], told: dict[str, list[str]]) -> Result:
    theirs = [record for record in real if is_microsofts(record)]
    others = [record for record in real if record not in theirs]
    if not theirs:
        if any(record.value == "0 ." for record in real):
            return Result("mx", Health.FAILED, "null")
        if all(is_gateway(record) for record in real):
            return Result("mx", Health.OK, "gateway", told)
        return Result("mx", Health.FAILED, "elsewhere", told)
    if not others:
        return Result("mx", Health.OK, "good", told)
    first, ours = min(map(_preference, others)), min(map(_preference, theirs))
    if first > ours:
        return Result("mx", Health.WARNING, "beside", told)
    if first < ours and set(theirs) <= wanted:
        return Result("mx", Health.WARNING, "staged", told)
    return Result("mx", Health.FAILED, "split", told)


def _preference(record: Record) -> int:
    return int(record.value.split(" ")[0])


def policy(facts: Facts) -> Result | None:
    """`spf`: one record, valid, with Microsoft, within ten look-ups."""
    if not facts.has(EMAIL):
        return None
    texts = facts.asked("", "TXT")
    if texts is None:
        return Result("spf", Health.UNKNOWN, "untold")
    found = [record.value for record in texts if spf.is_spf(record.value)]
    told = {"found": found}
    if len(found) != 1:
        return Result("spf", Health.FAILED, "twice" if found else "absent", told)
    try:
        parsed = spf.parse(found[0])
    except spf.SpfError as error:
        return Result("spf", Health.FAILED, "broken", {**told, "term": error.term})
    if not parsed.includes & MICROSOFT_INCLUDES:
        is_indirect = any(term.name == "redirect" or "%" in term.value for term in parsed.terms)
        health = Health.WARNING if is_indirect else Health.FAILED
        return Result("spf", health, "indirect" if is_indirect else "without", told)
    return _judge_count(facts.spf_count, told)


def _judge_count(count: SpfCount | None, told: dict[str, list[str]]) -> Result:
    if count is None:
        return Result("spf", Health.UNKNOWN, "uncounted", told)
    numbers = {**told, "total": count.total, "void": count.void}
    if count.total > MOST_LOOK_UPS:
        return Result("spf", Health.FAILED, "too_many", numbers)
    if count.void > MOST_VOID:
        return Result("spf", Health.FAILED, "too_void", numbers)
    if not count.is_complete:
        return Result("spf", Health.UNKNOWN, "uncounted", numbers)
    return Result("spf", Health.OK, "good", numbers)


def dkim(facts: Facts) -> Result | None:
    """`dkim`: both selectors lead to a key; Microsoft changes from one to the other."""
    if not facts.has(EMAIL):
        return None
    labels = [f"{selector}._domainkey" for selector in SELECTORS]
    texts = [facts.asked(label, "TXT") for label in labels]
    without = [
        selector
        for selector, found in zip(SELECTORS, texts, strict=True)
        if found is not None and not any(_KEY.search(record.value) for record in found)
    ]
    if any(found is None for found in texts):
        return Result("dkim", Health.UNKNOWN, "untold")
    if not without:
        return Result("dkim", Health.OK, "good")
    if len(without) < len(SELECTORS):
        return Result("dkim", Health.WARNING, "half", {"without": without})
    is_wished = any(facts.wanted_at(label, "CNAME") for label in labels)
    health = Health.FAILED if is_wished else Health.WARNING
    return Result("dkim", health, "no_key" if is_wished else "absent")


def dmarc(facts: Facts) -> Result | None:
    """`dmarc`: one record here, or one at the organisation's domain that counts here too."""
    if not facts.has(EMAIL):
        return None
    above = organisation_of(facts.domain)
    here = _dmarc_at(facts, facts.domain)
    if here is None:
        return Result("dmarc", Health.UNKNOWN, "untold")
    if here:
        return _judge_dmarc(here, "p")
    inherited = _dmarc_at(facts, above) if above != facts.domain else []
    if inherited is None:
        return Result("dmarc", Health.UNKNOWN, "untold")
    if not inherited:
        return Result("dmarc", Health.WARNING, "absent")
    return _judge_dmarc(inherited, "sp", above)


def _dmarc_at(facts: Facts, domain: str) -> list[str] | None:
    answer = facts.answers.get((at("_dmarc", domain), "TXT"))
    if answer is None:
        return None
    texts = [record.value for record in answer if record.type == "TXT"]
    return [text for text in texts if re.match(r"v=DMARC1\s*(;|$)", text)]


def _judge_dmarc(found: list[str], tag: str, inherited_from: str = "") -> Result:
    told = {"found": found, "from": inherited_from}
    if len(found) > 1:
        return Result("dmarc", Health.FAILED, "twice", told)
    tags = {key.lower(): value.lower() for key, value in _POLICY.findall(found[0])}
    if "p" not in tags:
        return Result("dmarc", Health.FAILED, "broken", told)
    said = tags.get(tag, tags["p"])
    code = f"inherited_{said}" if inherited_from else said
    return Result("dmarc", Health.WARNING if said == "none" else Health.OK, code, told)
