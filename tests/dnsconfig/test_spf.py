"""SPF records, read strictly."""

import pytest

from dnsconfig import spf


def test_terms_keep_order_qualifier_and_case_of_values() -> None:
    record = spf.parse("v=spf1 +mx a:Mail.example/24 ip4:192.0.2.0/24 redirect=_spf.example ~all")
    assert [t.name for t in record.terms] == ["mx", "a", "ip4", "redirect", "all"]
    assert record.terms[-1].qualifier == "~"
    assert record.terms[3].is_modifier


@pytest.mark.parametrize(
    "text",
    [
        "v=spf1 include:spf.protection.outlook.com -all",
        "V=SPF1 +INCLUDE:SPF.Protection.Outlook.Com -all",
        "v=spf1 a mx/24 ip6:2001:db8::/32 include:spf.protection.outlook.com. ?all",
        "v=spf1 exists:%{i}._spf.example include:spf.protection.outlook.com x-y=1",
    ],
)
def test_an_include_is_found_in_any_spelling(text: str) -> None:
    assert "spf.protection.outlook.com" in spf.parse(text).includes


def test_an_include_that_does_not_pass_does_not_count() -> None:
    assert not spf.parse("v=spf1 ?include:a.example -include:b.example -all").includes


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("v=spf1 include: spf.protection.outlook.com ~all", "include:"),
        ("v=spf1 -all include:a.example", "include"),
        ("v=spf1 ip4:300.1.1.1 -all", "ip4:300.1.1.1"),
        ("v=spf1 ip4:2001:db8::1 -all", "ip4:2001:db8::1"),
        ("v=spf1 everything -all", "everything"),
        ("v=spf1 all:example", "all:example"),
        ("v=spf10 -all", "v=spf10"),
        ("v=spf1 include -all", "include"),
    ],
)
def test_the_wrong_term_is_named(text: str, wrong: str) -> None:
    with pytest.raises(spf.SpfError) as refused:
        spf.parse(text)
    assert refused.value.term == wrong


@pytest.mark.parametrize(
    ("text", "answer"),
    [("v=spf1", True), ("V=SPF1 -all", True), ("v=spf1-all", False), ("x v=spf1", False)],
)
def test_what_receivers_take_for_spf(text: str, answer: bool) -> None:
    assert spf.is_spf(text) is answer
