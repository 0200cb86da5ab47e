"""Broken records: what they visibly meant, and nothing more."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dnsconfig import spf
from tests.dnsconfig.spf import policies
from tests.dnsconfig.spf.bounded import property_test


@pytest.mark.parametrize(
    ("broken", "repaired"),
    [
        ("v=spf1 include: x.example -all", "v=spf1 include:x.example -all"),
        ("v=spf1 include :x.example -all", "v=spf1 include:x.example -all"),
        ("v=spf1 include x.example -all", "v=spf1 include:x.example -all"),
        ("v=spf1 ip4: 192.0.2.0 /24 - all", "v=spf1 ip4:192.0.2.0/24 -all"),
        ("v=spf1 redirect= _spf.x.example", "v=spf1 redirect=_spf.x.example"),
        ("v=spf1 -all include:x.example mx", "v=spf1 include:x.example mx -all"),
        ("v=spf1 a -all exp=w.example mx k=1", "v=spf1 a mx -all exp=w.example k=1"),
        ("v=spf1 a -all -all", "v=spf1 a -all"),
        ("v=spf1  a   mx  -all ", "v=spf1 a mx -all"),
        ("v=spf1\ta\u00a0mx -all", "v=spf1 a mx -all"),
        ("v=spf1include:x.example -all", "v=spf1 include:x.example -all"),
        ("v=spf1-all", "v=spf1 -all"),
        ("V=SPF1; a; mx; -all;", "V=SPF1 a mx -all"),
        ("v = spf1 a -all", "v=spf1 a -all"),
        ("v=spf1 a -all v=spf1", "v=spf1 a -all"),
        ("“v=spf1 a –all”", "v=spf1 a -all"),
        (r"v=spf1 a \226\128\147all", "v=spf1 a -all"),
        ('"v=spf1 include:spf.exam" "ple.example -all"', "v=spf1 include:spf.example.example -all"),
        ("v=spf1 a,mx,~all", "v=spf1 a mx ~all"),
        (
            "v=spf1 include:a.example,+include:b.example -all",
            "v=spf1 include:a.example +include:b.example -all",
        ),
        ("v=spf1 ip4:192.0.2.1,192.0.2.2 -all", "v=spf1 ip4:192.0.2.1 ip4:192.0.2.2 -all"),
        (
            "v=spf1 include=x.example mx=y.example -all",
            "v=spf1 include:x.example mx:y.example -all",
        ),
        ("v=spf1 redirect:x.example", "v=spf1 redirect=x.example"),
        (
            "v=spf1 ipv4:192.0.2.1 ?ipv6:2001:db8::1 -all",
            "v=spf1 ip4:192.0.2.1 ?ip6:2001:db8::1 -all",
        ),
        (
            "v=spf1 ip4:2001:db8::/32 ip6:192.0.2.1 -all",
            "v=spf1 ip6:2001:db8::/32 ip4:192.0.2.1 -all",
        ),
        (
            "v=spf1 a:192.0.2.1 +include:192.0.2.2/31 -all",
            "v=spf1 ip4:192.0.2.1 +ip4:192.0.2.2/31 -all",
        ),
        ("v=spf1 192.0.2.1 -2001:db8::1 -all", "v=spf1 ip4:192.0.2.1 -ip6:2001:db8::1 -all"),
        ("v=spf1 ip4:mail.x.example -all", "v=spf1 a:mail.x.example -all"),
        ("v=spf1 a: ~mx: -all", "v=spf1 a ~mx -all"),
        ("v=spf1 a:/24 prt includes:x.example -all", "v=spf1 a/24 ptr include:x.example -all"),
        ("v=spf1 include:x.example-all", "v=spf1 include:x.example -all"),
        ("v=spf1 mx~all", "v=spf1 mx ~all"),
        ("v=spf1 a mx -all.", "v=spf1 a mx -all"),
        ("v=spf1 includespf.x.example -all", "v=spf1 include:spf.x.example -all"),
        ("v=spf1 exp=w.example EXP=W.Example. -all", "v=spf1 exp=w.example -all"),
        ("v=spf1 ip6:2001:db8:: 192.0.2.1 -all", "v=spf1 ip6:2001:db8:: ip4:192.0.2.1 -all"),
    ],
)
def test_25_what_was_visibly_meant(broken: str, repaired: str) -> None:
    assert spf.repair(broken) == repaired
    assert not spf.is_broken(repaired)


@pytest.mark.parametrize(
    "broken",
    [
        "v=spf1 moo -all",
        "v=spf1 a _all",
        "v=spf1 a --all",
        "v=spf1 a ~all b.example -all",
        "v=spf1 ~all a -all",
        "v=spf1 all:x.example",
        "v=spf1 -all/8",
        "v=spf1 include: -all",
        "v=spf1 ip4:300.1.1.1 -all",
        "v=spf1 ip4:192.0.2 -all",
        "v=spf1 ip4:192.0.2.1/33 -all",
        "v=spf1 ip4:192.0.2.1-192.0.2.9 -all",
        "v=spf1 a:museum -all",
        "v=spf1 exists:%(ir).x.example -all",
        "v=spf1 redirect=a.example redirect=b.example",
        "v=spf1 - include:x.example -all",
        "v=spf10 -all",
        "spf2.0/pra a -all",
        "just a text",
        "",
        "v=spf1 a m\u00fcx -all",
        r"v=spf1 a\255\254 -all",
    ],
)
def test_25_where_no_one_can_know(broken: str) -> None:
    assert spf.repair(broken) is None
    assert spf.is_broken(broken)


@pytest.mark.parametrize(
    "text",
    [
        "v=spf1 a:o'brien.example exists:%{l,-}.x.example k=v,mx,-all -all",
        "v=spf1 a:mail.xn--x-all -all",
        "v=spf1 mx redirect=x.example-all",
        "V=SPF1 +A include:x.example. +all exp=%{d}.x.example",
        "v=spf1 all=x -all",
        "v=spf1",
    ],
)
def test_a_record_that_needs_nothing_stays_as_it_is(text: str) -> None:
    assert spf.repair(text) == text
    assert not spf.is_broken(text)


@pytest.mark.parametrize(
    ("text", "is_broken"),
    [
        ("v=spf1  a  -all ", False),
        ("v=spf1 redirect=x.example -all", False),
        ("v=spf1\ta -all", True),
        ("v=spf1 -all a", True),
        ("v=spf1 include=x.example -all", True),
        ("v=spf1 include:x.example-all", True),
    ],
)
def test_25_broken_is_also_what_looks_otherwise_than_it_is_read(text: str, is_broken: bool) -> None:
    assert spf.is_broken(text) is is_broken


def test_a_very_long_record_is_looked_at_in_a_moment() -> None:
    for text in (
        "xn--" * 15_000,
        " " * 60_000 + ":",
        "a,;" * 20_000,
        '" ' * 30_000,
        "-all" * 15_000,
    ):
        spf.repair(f"v=spf1 ip4 include:{text}")


@property_test(200)
@given(text=policies.records())
def test_a_valid_record_loses_at_most_blanks_and_what_is_late(text: str) -> None:
    repaired = spf.repair(text)
    record = spf.parse(text)
    if len({term.qualifier for term in record.terms if term.is_all}) > 1:
        assert repaired is None
    elif not any(not term.is_modifier for term in record.ignored):
        assert repaired == " ".join([record.version, *(term.text for term in record.terms)])


breaks = st.sampled_from(
    [(" ", ", "), (" ", ";"), (":", ": "), (":", " : "), ("=", " = "), (" ", "\t"), ("-", "–")]
)


@property_test(200)
@given(text=policies.records(), change=breaks)
def test_a_record_broken_in_a_known_way_is_mended_or_left(
    text: str, change: tuple[str, str]
) -> None:
    """Who may send with the repaired record was named by the one that was broken."""
    repaired = spf.repair(text[:6] + text[6:].replace(*change))
    if repaired is not None:
        assert senders(repaired) <= senders(text)


def senders(text: str) -> set[str]:
    return {term.text for term in spf.parse(text).terms if not term.is_modifier}


pieces = st.sampled_from(
    [
        *("v=spf1", "v=", "spf1", "a", "mx", "all", "include", "redirect", "ip4", "ip6", "exp"),
        *(
            ":",
            "=",
            " ",
            "  ",
            ",",
            ";",
            ".",
            "-",
            "~",
            "?",
            "+",
            "/",
            "/24",
            "%{i}",
            "%",
            '"',
            "“",
        ),
        *("192.0.2.1", "2001:db8::1", "x.example", "example", "\u00e9", "\\226", "-all"),
    ]
)


@property_test(200)
@given(parts=st.lists(pieces, max_size=14))
def test_whatever_is_repaired_is_valid_and_stays_so(parts: list[str]) -> None:
    repaired = spf.repair("v=spf1 " + "".join(parts))
    if repaired is not None:
        assert str(spf.parse(repaired)) == repaired
        assert spf.repair(repaired) == repaired
