"""Rules for wanted aliases: alone at their name (RFC 1034 §3.6.2), never at an apex. Pure."""

import re

from dnsconfig.edits import Edit
from dnsconfig.plan.reasons import Reason, Way
from dnsconfig.plan.surroundings import data_at
from dnsconfig.plan.values import Option
from dnsconfig.plan.verdicts import (
    Verdict,
    conflict,
    is_completed_twice,
    kept,
    missing,
    same,
)
from dnsconfig.records import Record, Snapshot

_OUTDATED_TARGETS = {
    "enterpriseenrollment-s.manage.microsoft.com.": "enterpriseenrollment.manage.microsoft.com.",
    "enterpriseenrollment-s.manage.microsoft.us.": "enterpriseenrollment.manage.microsoft.us.",
}
"""Still works, but asks people to confirm."""

_DKIM_AT_MICROSOFT = re.compile(
    r"\._domainkey\.[^.]+\.(onmicrosoft\.(com|us)|partner\.onmschina\.cn"
    r"|[a-z0-9]+-v\d+\.dkim\.mail\.microsoft)\.$"
)


def judge(record: Record, existing: Snapshot) -> Verdict:
    here = data_at(record.name, existing)
    if record.name == existing.zone:
        return conflict(Reason.APEX_CNAME, here)
    aliases = existing.at(record.name, "CNAME")
    others = tuple(r for r in here if r.type != "CNAME")
    replacing = Option(Way.REPLACE, Edit(here, (record,)))
    if len(aliases) > 1:
        return conflict(Reason.CNAME_TWICE, aliases)
    if others:
        return conflict(_taken_by(others, record), here, replacing)
    if not aliases:
        return missing(record)
    return _beside_alias(record, aliases, existing.zone, replacing)


def _taken_by(others: tuple[Record, ...], record: Record) -> Reason:
    is_key = "._domainkey." in record.name and any(r.type == "TXT" for r in others)
    return Reason.DKIM_TAKEN if is_key else Reason.DATA_HERE


def _beside_alias(
    record: Record, aliases: tuple[Record, ...], zone: str, replacing: Option
) -> Verdict:
    (alias,) = aliases
    if alias == record:
        return same(record, aliases)
    if _OUTDATED_TARGETS.get(record.value) == alias.value:
        return kept(Reason.OUTDATED, aliases, replacing)
    if _DKIM_AT_MICROSOFT.search(alias.value) and _DKIM_AT_MICROSOFT.search(record.value):
        return kept(Reason.OLD_DKIM, aliases, replacing)
    if is_completed_twice(alias.value, record.value, zone):
        repairing = Option(Way.REPAIR, replacing.edit)
        return conflict(Reason.GARBLED, aliases, repairing, suggested=Way.REPAIR)
    return conflict(Reason.OTHER_CNAME, aliases, replacing)
