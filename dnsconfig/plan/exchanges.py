"""Rules for mail exchanges (MX): where mail goes is never changed without a person. Pure."""

from collections.abc import Iterable
from dataclasses import replace

from dnsconfig import mail_hosts
from dnsconfig.edits import Edit
from dnsconfig.mail_hosts import is_gateway, is_microsofts
from dnsconfig.plan.reasons import Reason, Way
from dnsconfig.plan.values import Option
from dnsconfig.plan.verdicts import (
    Verdict,
    conflict,
    is_completed_twice,
    kept,
    missing,
    same,
)
from dnsconfig.records import Record, Snapshot, mx

_STAGE_AT = 20
"""Microsoft's number for a new exchange while mail still goes to the old one."""
_LARGEST = 0xFFFF


def judge(record: Record, wanted: Iterable[Record], existing: Snapshot) -> Verdict:
    """Microsoft wants to be the only MX; its verification MX may stay at a worse number."""
    allowed = frozenset(wanted)
    best, host = parts(record)
    there = existing.at(record.name, "MX")
    ours = tuple(r for r in there if parts(r)[1] == host)
    strangers = tuple(
        r for r in there if r not in allowed and r not in ours and not is_proof(r, worse_than=best)
    )
    if strangers:
        return _beside(record, ours, strangers, existing.zone)
    if record in there:
        return same(record, there)
    if ours:
        edit = Edit(ours, (record,))
        return kept(Reason.OTHER_PRIORITY, ours, Option(Way.REPLACE, edit))
    return missing(record)


def _beside(
    record: Record, ours: tuple[Record, ...], strangers: tuple[Record, ...], zone: str
) -> Verdict:
    adds = () if record in ours else (record,)
    others = tuple(r for r in ours if r != record)
    alone = Edit(strangers + others, adds)
    if all(is_completed_twice(parts(r)[1], parts(record)[1], zone) for r in strangers):
        return conflict(Reason.GARBLED, strangers, Option(Way.REPAIR, alone), suggested=Way.REPAIR)
    if ours:
        return _both_are_there(ours, strangers, alone)
    reason = why_in_the_way(strangers)
    options = [Option(Way.REPLACE, alone)]
    if reason not in (Reason.NULL_MX, Reason.PROOF_FIRST):
        options.append(Option(Way.STAGE, Edit(adds=(_behind(record, strangers),))))
    suggested = Way.STAGE if reason is Reason.OLD_MX else None
    return conflict(reason, strangers, *options, suggested=suggested)


def _both_are_there(
    ours: tuple[Record, ...], strangers: tuple[Record, ...], alone: Edit
) -> Verdict:
    """A staged move that can be finished, or mail that splits at random."""
    first = min(parts(r)[0] for r in ours)
    finishing = Option(Way.FINISH, alone)
    if all(parts(r)[0] < first for r in strangers):
        return kept(Reason.STAGED, ours + strangers, finishing)
    return conflict(Reason.SPLIT_MX, strangers, finishing, suggested=Way.FINISH)


def proofs(name: str, existing: Snapshot, best: int) -> tuple[Record, ...]:
    """Verification MX records that stand behind the real one and could go."""
    return tuple(r for r in existing.at(name, "MX") if is_proof(r, worse_than=best))


def foreign(there: tuple[Record, ...]) -> tuple[Record, ...]:
    """MX records that lead to somebody else than Microsoft."""
    return tuple(r for r in there if not is_microsofts(r) and not is_proof(r, worse_than=0))


def why_in_the_way(strangers: tuple[Record, ...]) -> Reason:
    """Why these MX records are in the way of Microsoft's."""
    hosts = [parts(r)[1] for r in strangers]
    if "." in hosts:
        return Reason.NULL_MX
    if any(map(is_gateway, strangers)):
        return Reason.GATEWAY_MX
    if all(map(is_microsofts, strangers)):
        return Reason.OLD_MX
    if all(map(mail_hosts.is_proof, strangers)):
        return Reason.PROOF_FIRST
    return Reason.OTHER_MX


def parts(record: Record) -> tuple[int, str]:
    """Preference and host of an MX; a value without a preference leads nowhere."""
    preference, _blank, host = record.value.partition(" ")
    return (int(preference), host) if preference.isdigit() and host else (_LARGEST, record.value)


def is_proof(record: Record, *, worse_than: int) -> bool:
    return mail_hosts.is_proof(record) and parts(record)[0] > worse_than


def _behind(record: Record, others: tuple[Record, ...]) -> Record:
    worst = max(parts(other)[0] for other in others)
    number = min(max(_STAGE_AT, worst + 10), _LARGEST)
    return replace(mx(record.name, number, parts(record)[1]), ttl=record.ttl)
