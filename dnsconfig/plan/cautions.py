"""What a person should know before writing, and what stops nothing. Pure."""

import re
from collections.abc import Iterable, Iterator

from dnsconfig import spf
from dnsconfig.edits import Edit
from dnsconfig.mail_hosts import GERMAN_CLOUD
from dnsconfig.plan.policies import is_dmarc
from dnsconfig.plan.surroundings import wildcard_over
from dnsconfig.plan.values import Caution
from dnsconfig.records import Record, Snapshot

WEAK_SPF = "weak_spf"
"""Before the colon of a code that `spf.Weakness` names."""
_LONGEST_ANSWER = 1200
"""Bytes: a larger answer needs TCP, which some networks forbid."""
_MANY = 10
"""Records: more than that going at once is worth a second look."""


def cautions(wanted: Iterable[Record], edit: Edit, existing: Snapshot) -> Iterator[Caution]:
    wanted = tuple(wanted)
    yield from _hidden_wildcards(edit, existing)
    yield from _mail(wanted, edit, existing)
    yield from _texts(wanted, edit, existing)
    yield from _german_cloud(wanted, edit, existing)
    if len(edit.removes) > _MANY:
        yield Caution("many_removals", str(len(edit.removes)))


def _hidden_wildcards(edit: Edit, existing: Snapshot) -> Iterator[Caution]:
    added = dict.fromkeys(record.name for record in edit.adds)
    for wildcard in dict.fromkeys(wildcard_over(name, existing) for name in added):
        if wildcard:
            yield Caution("hides_wildcard", wildcard)


def _german_cloud(wanted: tuple[Record, ...], edit: Edit, existing: Snapshot) -> Iterator[Caution]:
    after = edit.after(existing)
    for name in dict.fromkeys(record.name for record in wanted):
        if any(GERMAN_CLOUD.search(record.value) for record in after.at(name)):
            yield Caution("german_cloud", name)


def _mail(wanted: tuple[Record, ...], edit: Edit, existing: Snapshot) -> Iterator[Caution]:
    for name in dict.fromkeys(r.name for r in wanted if r.type == "MX"):
        policy = "_mta-sts." + name
        if any(r.type == "MX" for r in edit.adds) and existing.at(policy, "TXT"):
            yield Caution("mta_sts", policy)
        rules = [r for r in existing.at("_dmarc." + name, "TXT") if is_dmarc(r.value)]
        if any(re.search(r"\bp\s*=\s*(reject|quarantine)", r.value, re.I) for r in rules):
            yield Caution("strict_dmarc", "_dmarc." + name)


def _texts(wanted: tuple[Record, ...], edit: Edit, existing: Snapshot) -> Iterator[Caution]:
    for name in dict.fromkeys(r.name for r in wanted if spf.is_spf(r.value) and r.type == "TXT"):
        if existing.at(name, "SPF"):
            yield Caution("spf_type99", name)
        for record in existing.at(name, "TXT"):
            if spf.is_spf(record.value):
                yield from (Caution(code, name) for code in _of_policy(record.value))
    after = edit.after(existing)
    for name in dict.fromkeys(r.name for r in edit.adds if r.type == "TXT"):
        if sum(len(r.value) + 12 for r in after.at(name, "TXT")) > _LONGEST_ANSWER:
            yield Caution("long_texts", name)


def _of_policy(text: str) -> Iterator[str]:
    try:
        weak = spf.weaknesses(text)
    except spf.SpfError:
        return  # shown as a conflict
    yield from (f"{WEAK_SPF}:{one.value}" for one in weak)
