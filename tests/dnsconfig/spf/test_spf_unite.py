"""Several SPF records at a name become one, or a person decides."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dnsconfig import spf
from tests.dnsconfig.spf import policies
from tests.dnsconfig.spf.bounded import property_test
from tests.dnsconfig.spf.oracle import evaluate
from tests.dnsconfig.spf.policies import SENDERS, ZONE


@pytest.mark.parametrize(
    ("texts", "united"),
    [
        (["v=spf1 a -all", "v=spf1 mx -all"], "v=spf1 a mx -all"),
        (
            ["v=spf1 a mx -all", "V=SPF1 +MX A include:X.example. ~all"],
            "v=spf1 a mx include:X.example. ~all",
        ),
        (["v=spf1 a mx -all", "V=SPF1 +MX A ~all"], "v=spf1 a mx ~all"),
        (["v=spf1", "v=spf1 a -all"], "v=spf1 a -all"),
        (
            ["v=spf1 include:a.example -all", "v=spf1 INCLUDE:A.Example. b=1 ?all exp=x.example"],
            "v=spf1 include:a.example exp=x.example b=1 ?all",
        ),
        (
            ["v=spf1 ip4:192.0.2.1 -all", "v=spf1 ip4:192.0.2.1/32 ip6:2001:DB8::0/32"],
            "v=spf1 ip4:192.0.2.1 ip6:2001:DB8::0/32 -all",
        ),
        (
            ["v=spf1 a redirect=r.example", "v=spf1 mx redirect=R.example."],
            "v=spf1 a mx redirect=r.example",
        ),
        (["v=spf1 a -all mx", "v=spf1 ptr ~all"], "v=spf1 a ptr ~all"),
        (["v=spf1 a ?mx -all", "v=spf1 a ?mx -all"], "v=spf1 a ?mx -all"),
        (["v=spf1 a -all", "v=spf1 ?mx -all"], "v=spf1 a ?mx -all"),
    ],
)
def test_24_the_union_keeps_order_and_the_least_strict_all(texts: list[str], united: str) -> None:
    assert spf.unite(texts) == united


@pytest.mark.parametrize(
    "texts",
    [
        ["v=spf1 a -all", "v=spf1 +all"],
        ["v=spf1 redirect=a.example", "v=spf1 redirect=b.example"],
        ["v=spf1 redirect=a.example", "v=spf1 mx -all"],
        ["v=spf1 a -all", "v=spf1 include: b.example -all"],
        ["v=spf1 a:x.example mx -all", "v=spf1 ?a:x.example -all"],
        ["v=spf1 -a:x.example mx -all", "v=spf1 ip4:192.0.2.1 -all"],
    ],
)
def test_24_where_nobody_can_know_there_is_no_union(texts: list[str]) -> None:
    assert spf.unite(texts) is None


@property_test(200)
@given(texts=st.lists(st.one_of(policies.records(), policies.passing), min_size=2, max_size=3))
def test_who_passes_with_one_record_passes_with_the_union(texts: list[str]) -> None:
    united = spf.unite(texts)
    if united is None:
        return
    assert str(spf.parse(united)) == united
    for sender in SENDERS:
        after, *before = (
            evaluate(text, sender, "good.example", ZONE)[0] for text in (united, *texts)
        )
        if "permerror" not in (after, *before):
            assert (after == "pass") == ("pass" in before)
