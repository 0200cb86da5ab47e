"""Looks at configured domains from outside; nothing is written anywhere."""

from collections.abc import Iterable

from common.clock import microsoft_now
from common.errors import RemoteError
from dnsconfig import spf
from dnsconfig.health import checks, services
from dnsconfig.health.facts import Facts, Question, SpfCount, at, questions
from dnsconfig.health.results import Result
from dnsconfig.looking import look
from dnsconfig.models import DnsPlan, Domain
from dnsconfig.records import Record
from dnsconfig.remote import zone_provider_of
from dnsconfig.resolver import Resolver, Unanswered, configured
from dnsconfig.seen import ZoneSeen
from dnsconfig.spf.live import count_live
from dnsconfig.standing import standing_runs
from journal.models import Operation
from journal.work import Done, Work

Answers = dict[Question, tuple[Record, ...] | None]


def check(work: Work) -> Done:
    """`dns.health`: who does not answer is *cannot tell*, so that a look never fails."""
    domain = Domain.objects.select_related("tenant__account", "connection").get(
        pk=work.params["domain"]
    )
    results = checks.run(facts_of(domain))

    def write(operation: Operation) -> None:
        services.keep(domain=domain, results=results, at=microsoft_now(), operation=operation)

    return Done(_summary(results), write)


def facts_of(domain: Domain) -> Facts:
    """Everything that is asked for one look."""
    resolver = configured()
    runs = standing_runs(domain)
    wanted = _wanted(runs)
    seen = _seen(domain, wanted, resolver)
    answers = _answers(domain, seen, resolver)
    return Facts(
        domain=domain.name,
        services=tuple(domain.services),
        wanted=wanted,
        is_planned=bool(runs),
        provider_servers=_provider_servers(domain),
        seen=seen,
        answers=answers,
        spf_count=_count(answers.get((at("", domain.name), "TXT")), domain.name),
    )


def _wanted(runs: Iterable[DnsPlan]) -> tuple[Record, ...]:
    """What standing runs left published; a later one replaces an earlier one's, name by name."""
    latest: dict[Question, list[Record]] = {}
    for run in runs:
        records: dict[Question, list[Record]] = {}
        for record in run.plan.expected if run.plan else ():
            records.setdefault((record.name, record.type), []).append(record)
        latest |= records
    return tuple(record for records in latest.values() for record in records)


def _provider_servers(domain: Domain) -> tuple[str, ...] | None:
    try:
        return tuple(zone_provider_of(domain).name_servers(domain.zone))
    except RemoteError:
        return None


def _seen(domain: Domain, wanted: Iterable[Record], resolver: Resolver) -> ZoneSeen | None:
    try:
        return look(domain.zone, wanted, resolver=resolver)
    except Unanswered:
        return None


def _answers(domain: Domain, seen: ZoneSeen | None, resolver: Resolver) -> Answers:
    """From the zone's servers, and those of others where aliases lead out of it."""
    asked = questions(domain.name, tuple(domain.services))
    if seen is None or (seen.servers and all(one.problem for one in seen.servers)):
        return dict.fromkeys(asked)  # silent a moment ago: do not wait for each again
    return {question: _answer(question, resolver) for question in asked}


def _answer(question: Question, resolver: Resolver) -> tuple[Record, ...] | None:
    try:
        return resolver.lookup(*question).records
    except Unanswered:
        return None


def _count(texts: tuple[Record, ...] | None, domain: str) -> SpfCount | None:
    """None where there is not one valid policy to count."""
    policies = [r.value for r in texts or () if r.type == "TXT" and spf.is_spf(r.value)]
    if len(policies) != 1:
        return None
    try:
        counted = count_live(policies[0], domain)
    except spf.SpfError:
        return None
    return SpfCount(counted.total, counted.void, counted.is_complete)


def _summary(results: Iterable[Result]) -> dict[str, str]:
    return {one.check: one.health.value for one in results}
