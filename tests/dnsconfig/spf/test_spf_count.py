"""What a policy costs receivers: the whole tree, asked name by name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from dnsconfig import spf
from dnsconfig.records import mx, of_text, txt
from dnsconfig.resolver import Answer, Unanswered
from dnsconfig.spf import Cause
from dnsconfig.spf.count import MOST_QUESTIONS
from tests.dnsconfig.dns_net import answer, by_zone, refer, serve, silent
from tests.dnsconfig.spf import policies
from tests.dnsconfig.spf.bounded import property_test
from tests.dnsconfig.spf.oracle import Zone, evaluate

HOME = "home.example"

ZONE: Zone = {
    (HOME, "A"): ["192.0.2.1"],
    (HOME, "MX"): [(10, "mail.home.example")],
    ("one.example", "TXT"): ["other text", "v=spf1 a mx:home.example -all include:never.example"],
    ("one.example", "A"): ["192.0.2.2"],
    ("two.example", "TXT"): [
        "v=spf1 include:one.example. include:ONE.example redirect=end.example"
    ],
    ("end.example", "TXT"): ["v=spf1 ip4:192.0.2.0/24 exp=why.example ?all redirect=never.example"],
    ("six.example", "AAAA"): ["2001:db8::1"],
    ("big.example", "MX"): [(n, f"mx{n}.big.example") for n in range(11)],
    ("full.example", "MX"): [(n, f"mx{n}.full.example") for n in range(10)],
    ("loop1.example", "TXT"): ["v=spf1 a:home.example include:loop2.example -all"],
    ("loop2.example", "TXT"): ["v=spf1 redirect=loop1.example"],
    ("home-loop.example", "TXT"): ["v=spf1 include:home.example -all"],
    ("plain.example", "TXT"): ["no policy here"],
    ("pair.example", "TXT"): ["v=spf1 -all", "V=SPF1 mx -all"],
    ("moo.example", "TXT"): ["v=spf1 a moo -all"],
    ("nest.example", "TXT"): ["v=spf1 include:moo.example a:home.example -all"],
    ("home.example.mine.example", "TXT"): ["v=spf1 a:home.example a:%{d}.x.example -all"],
}


class Dns:
    """Answers from a dict; remembers what was asked; is silent about some names."""

    def __init__(self, zone: Zone, *, silent: frozenset[str] = frozenset()) -> None:
        self.zone = zone
        self.silent = silent
        self.asked: list[tuple[str, str]] = []

    def __call__(self, name: str, kind: str) -> Answer:
        self.asked.append((name, kind))
        if name in self.silent:
            raise Unanswered(name)
        values = self.zone.get((name, kind), ())
        records = tuple(_record(name, kind, value) for value in values)
        return Answer("NOERROR" if records else "NXDOMAIN", records)


def _record(name: str, kind: str, value: object) -> object:
    if kind == "TXT":
        return txt(name, str(value))
    if isinstance(value, tuple):
        return mx(name, *value)
    return of_text(name, kind, str(value), origin=name)


def count(text: str, zone: Zone = ZONE, **options: frozenset[str]) -> spf.Count:
    return spf.count(text, HOME, Dns(zone, **options))


def per_term(found: spf.Count) -> list[tuple[str, int, Cause | None]]:
    return [(one.term, one.look_ups, one.problem) for one in found.per_term]


@pytest.mark.parametrize(
    ("text", "total"),
    [
        ("v=spf1 -all", 0),
        ("v=spf1 ip4:192.0.2.1 ip6:2001:db8::/32 exp=%{i}.why.example x=1 -all", 0),
        ("v=spf1 a mx ptr exists:home.example -all", 4),
        ("v=spf1 +A -mx/24 ?a:six.example//64 ~ptr:home.example", 4),
        ("v=spf1 include:one.example -all", 3),
        ("v=spf1 include:two.example ~all", 8),
        ("v=spf1 a redirect=end.example", 2),
        ("v=spf1 redirect=two.example -all a mx include:one.example", 0),
        ("v=spf1 include:one.example include:one.example -all", 6),
    ],
)
def test_26_what_costs_a_look_up(text: str, total: int) -> None:
    found = count(text)
    assert (found.total, found.void, found.problems) == (total, 0, ())
    assert found.is_complete
    assert not found.is_refused


def test_26_the_cost_is_told_term_by_term() -> None:
    found = count(
        "v=spf1 mx include:two.example ip4:192.0.2.1 include:one.example redirect=end.example"
    )
    assert per_term(found) == [
        ("mx", 1, None),
        ("include:two.example", 8, None),
        ("include:one.example", 3, None),
        ("redirect=end.example", 1, None),
    ]
    assert found.total == 13
    assert found.is_over
    assert found.is_refused


def test_ten_are_allowed_and_eleven_are_not() -> None:
    assert not count("v=spf1" + " a" * 10 + " -all").is_over
    assert count("v=spf1" + " a" * 11 + " -all").is_over


@pytest.mark.parametrize(
    ("term", "code"),
    [
        ("include:plain.example", Cause.NO_SPF),
        ("include:pair.example", Cause.SEVERAL_SPF),
        ("include:moo.example", Cause.BROKEN),
        ("include:nest.example", Cause.BROKEN),
        ("include:loop1.example", Cause.LOOP),
        ("include:home.example", Cause.LOOP),
        ("redirect=home-loop.example", Cause.LOOP),
        ("mx:big.example", Cause.MANY_HOSTS),
        ("include:bad..name.example", Cause.NO_SPF),
        (f"include:{'x' * 64}.example", Cause.NO_SPF),
        ("include:back\\092slash.example", Cause.NO_SPF),
    ],
)
def test_26_what_receivers_refuse(term: str, code: str) -> None:
    found = count(f"v=spf1 a {term}")
    assert code in [problem.code for problem in found.problems]
    assert per_term(found)[1][2] == code
    assert found.is_refused
    assert found.is_complete


def test_a_problem_says_whose_record_it_is_in() -> None:
    (problem,) = count("v=spf1 include:nest.example -all").problems
    assert problem == spf.Problem(Cause.BROKEN, "include:moo.example", "nest.example")


def test_26_two_void_look_ups_are_allowed() -> None:
    two = count("v=spf1 a:none1.example mx:none2.example a:six.example mx:full.example -all")
    assert (two.total, two.void, two.is_refused) == (4, 2, False)
    assert [one.problem for one in two.per_term] == [Cause.VOID, Cause.VOID, None, None]
    three = count("v=spf1 a:none1.example exists:none2.example a:none1.example -all")
    assert (three.void, three.is_over_void, three.is_refused) == (3, True, True)


def test_26_an_include_of_nothing_is_void_and_of_other_texts_is_not() -> None:
    assert count("v=spf1 include:none1.example redirect=none2.example").void == 2
    assert count("v=spf1 include:plain.example -all").void == 0


def test_27_what_depends_on_the_sender_costs_its_look_up_only() -> None:
    dns = Dns(ZONE)
    text = (
        "v=spf1 exists:%{i}._i.%{d}.x.example include:%{ir}.example a:%{d}%% redirect=%{s}.example"
    )
    found = spf.count(text, HOME, dns)
    assert (found.total, found.void, dns.asked) == (4, 0, [])
    assert {problem.code for problem in found.problems} == {Cause.MACRO}
    assert not found.is_refused


def test_the_domain_itself_may_be_part_of_a_name() -> None:
    dns = Dns(ZONE)
    found = spf.count("v=spf1 include:%{D}.mine.example -all", HOME, dns)
    assert found.total == 3
    assert ("home.example.mine.example.x.example", "A") in dns.asked


def test_26_a_name_that_does_not_answer_is_not_counted_as_fine() -> None:
    found = count(
        "v=spf1 include:one.example include:two.example -all", silent=frozenset({"one.example"})
    )
    assert not found.is_complete
    assert not found.is_refused
    assert [one.problem for one in found.per_term] == [Cause.UNANSWERED] * 2


def test_each_name_is_asked_once() -> None:
    dns = Dns(ZONE)
    spf.count(
        "v=spf1 mx include:two.example include:two.example mx mx:home.example -all", HOME, dns
    )
    assert len(dns.asked) == len(set(dns.asked))


def test_a_tree_without_end_is_left_unfinished() -> None:
    endless = {
        (f"n{n}.example", "TXT"): [f"v=spf1 include:n{2 * n}.example include:n{2 * n + 1}.example"]
        for n in range(1, 200)
    }
    dns = Dns(endless)
    found = spf.count("v=spf1 include:n1.example -all", HOME, dns)
    assert len(dns.asked) == MOST_QUESTIONS
    assert found.is_over
    assert not found.is_complete


def test_a_tree_that_repeats_itself_ends() -> None:
    doubling = {
        (f"n{n}.example", "TXT"): ["v=spf1" + f" include:n{n + 1}.example" * 9 + " -all"]
        for n in range(9)
    }
    found = spf.count("v=spf1 include:n0.example -all", HOME, Dns(doubling))
    assert found.is_over
    assert not found.is_complete


def test_an_invalid_text_is_not_counted() -> None:
    with pytest.raises(spf.SpfError):
        count("v=spf1 include: x.example")


NOBODY = "233.252.0.9"
plain = policies.directives.filter(lambda term: "/0" not in term and "exists:" not in term)


@property_test(100)
@given(
    terms=st.lists(plain, max_size=6), end=st.sampled_from(["", "-all", "redirect=other.example"])
)
def test_pyspf_counts_the_same_for_a_sender_that_nothing_matches(
    terms: list[str], end: str
) -> None:
    text = " ".join(["v=spf1", *terms, *([end] if end else [])])
    zone = {**policies.ZONE, **{(HOME, kind): ZONE[HOME, kind] for kind in ("A", "MX")}}
    zone["mail.home.example", "A"] = ["192.0.2.3"]
    result, look_ups = evaluate(text, NOBODY, HOME, zone)
    found = count(text, {**zone, (HOME, "TXT"): [text]})
    assert found.is_refused == (result == "permerror")
    assert result == "permerror" or found.total == look_ups


ROOT, HOST, DEAD = "127.0.0.1", "127.0.0.2", "127.0.0.3"


def test_26_the_count_is_asked_of_the_dns_itself(settings: Settings) -> None:
    zone = answer(
        '_spf.good.example. 60 IN TXT "v=spf1 ip4:192.0.2.0/24 a:www.good.example ~all"',
        "www.good.example. 60 IN A 192.0.2.1",
    )
    root = by_zone(
        good_example=refer("good.example.", ns_good_example=HOST),
        dead_example=refer("dead.example.", ns_dead_example=DEAD),
    )
    with serve({ROOT: root, HOST: zone, DEAD: silent}) as net:
        settings.DNS_ROOTS, settings.DNS_PORT = [ROOT], net.port
        good = spf.count_live("v=spf1 include:_spf.good.example mx:good.example -all", HOME)
        dead = spf.count_live("v=spf1 a:dead.example a:good.example -all", HOME, lifetime=0.3)
    assert (good.total, good.void, good.is_complete) == (3, 1, True)
    assert not dead.is_complete
    assert [one.problem for one in dead.per_term] == [Cause.UNANSWERED] * 2
