"""Rules for wanted texts: SPF (RFC 7208), DMARC (RFC 9989), others. Pure."""

import re
from dataclasses import replace

from dnsconfig import spf
from dnsconfig.edits import Edit
from dnsconfig.plan.reasons import Reason, Way
from dnsconfig.plan.values import Option
from dnsconfig.plan.verdicts import Verdict, changed, conflict, kept, missing, same
from dnsconfig.records import Record, Snapshot, txt

_DMARC = re.compile(r"\s*v\s*=\s*DMARC1\s*(;|\Z)", re.I)
_NO_MAIL = re.compile(r"v=spf1\s+-all\s*", re.I)


def judge(record: Record, existing: Snapshot) -> Verdict:
    there = existing.at(record.name, "TXT")
    if spf.is_spf(record.value):
        return _spf(record, tuple(r for r in there if spf.is_spf(r.value)), existing)
    if _DMARC.match(record.value):
        return _dmarc(record, tuple(r for r in there if _DMARC.match(r.value)), existing)
    return same(record, there) if record in there else missing(record)


def is_dmarc(text: str) -> bool:
    return bool(_DMARC.match(text))


def _spf(record: Record, there: tuple[Record, ...], existing: Snapshot) -> Verdict:
    """One name has one SPF record; ours joins the one that is there."""
    if not there:
        return missing(record)
    if len(there) > 1:
        return _united(record, there)
    (found,) = there
    if found == record:
        return same(record, existing.at(record.name, "TXT"))
    if _NO_MAIL.fullmatch(found.value):
        merging = Option(Way.MERGE, Edit(there, (replace(record, ttl=found.ttl),)))
        return conflict(Reason.SPF_NO_MAIL, there, merging)
    if spf.is_broken(found.value):
        return _repaired(record, found)
    merged = spf.merge(found.value, record.value)
    if merged == found.value:
        return kept(Reason.INCLUDED, there)
    return changed(Reason.SPF_MERGED, there, Edit(there, (_instead(found, merged),)))


def _united(record: Record, there: tuple[Record, ...]) -> Verdict:
    union = spf.unite([r.value for r in there])
    if union is None:
        return conflict(Reason.SPF_TWICE, there, suggested=Way.KEEP)
    text = spf.merge(union, record.value)
    merging = Option(Way.MERGE, Edit(there, (_instead(there[0], text),)))
    return conflict(Reason.SPF_TWICE, there, merging, suggested=Way.MERGE)


def _repaired(record: Record, found: Record) -> Verdict:
    text = spf.repair(found.value)
    if text is None:
        return conflict(Reason.SPF_BROKEN, (found,))
    new = _instead(found, spf.merge(text, record.value))
    repairing = Option(Way.REPAIR, Edit((found,), (new,)))
    return conflict(Reason.SPF_BROKEN, (found,), repairing, suggested=Way.REPAIR)


def _instead(found: Record, text: str) -> Record:
    """Another text in the same place: TTL and the host's own type stay."""
    return replace(txt(found.name, text, found.ttl), native_type=found.native_type)


def _dmarc(record: Record, there: tuple[Record, ...], existing: Snapshot) -> Verdict:
    """Never overwritten; the one of the domain above counts for a sub-domain."""
    if len(there) > 1:
        return conflict(Reason.DMARC_TWICE, there)
    if there:
        return kept(Reason.DMARC_HERE, there)
    above = "_dmarc." + existing.zone
    inherited = tuple(r for r in existing.at(above, "TXT") if _DMARC.match(r.value))
    if inherited and record.name != above:
        writing = Option(Way.WRITE, Edit(adds=(record,)))
        return kept(Reason.DMARC_INHERITED, inherited, writing)
    return missing(record)
