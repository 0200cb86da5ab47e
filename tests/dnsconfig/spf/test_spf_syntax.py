"""SPF records, read strictly (RFC 7208 §12) and printed unchanged."""

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
        ("v=spf1 redirect=a.example redirect=b.example", "redirect=b.example"),
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
    [
        ("v=\u017fpf1", False),
        ("v=spf1", True),
        ("V=SPF1 -all", True),
        ("v=spf1-all", False),
        ("x v=spf1", False),
    ],
)
def test_what_receivers_take_for_spf(text: str, answer: bool) -> None:
    assert spf.is_spf(text) is answer


def test_a_mechanism_after_all_is_valid_and_never_reached() -> None:
    record = spf.parse("v=spf1 mx -all include:a.example exp=why.example redirect=b.example")
    assert [term.text for term in record.ignored] == ["include:a.example", "redirect=b.example"]
    assert not record.includes
    assert record.redirect is None


def test_the_first_include_of_a_domain_decides() -> None:
    assert not spf.parse("v=spf1 ?include:a.example include:a.example -all").includes
    assert spf.parse("v=spf1 include:a.example -include:a.example -all").includes == {"a.example"}


def test_a_redirect_lets_the_senders_of_its_target_pass() -> None:
    assert spf.parse("v=spf1 a redirect=B.example.").includes == {"b.example"}


VALID = [
    "v=spf1",
    "V=sPf1  a   -all  ",
    "v=spf1 all -all",
    "v=spf1 a/0 a//0 a/32//128 mx/24//64 A:Host.Example//97 ?all",
    "v=spf1 a:odd:name/with.example a:odd:name/with.example/24 -all",
    "v=spf1 a:.example a:two..dots.example ptr ptr:host.example -all",
    "v=spf1 a:host.xn--zckzah a:host.a-b a:host.1-2 a:host.4u -all",
    "v=spf1 a:one%%per_cent%_%-.example exists:%{i}.%{L2R-}.user.%{d2} -all",
    "v=spf1 exists:%{ir}.%{v}._spf.%{D2} include:%{s10r.+,/_=-}.example a:%{h}/27 ~all",
    "v=spf1 redirect=%{d}.d.spf.example.com.",
    "v=spf1 exp=why.%{o} moo.cow-far_out=man:dog/cat empty= -all",
    "v=spf1 include=spf.example unknown=1 unknown=2 -all",
    "v=spf1 ip4:192.0.2.1/0 ip4:192.0.2.1/32 ip6:::1.1.1.1/0 ip6:Cafe:Babe:8000::/33 -all",
    "v=spf1 ip6:1:2:3:4:5:6:7:: ip6:1:2:3:4:5:6:192.0.2.1 ip6:::/128 -all",
    "v=spf1 include:spf.protection.outlook.com. include:_spf.mx.example -all",
    "v=spf1 a:back\\092slash.example -all",
]


@pytest.mark.parametrize("text", VALID)
def test_a_valid_record_is_printed_as_it_was(text: str) -> None:
    assert str(spf.parse(text)) == text


@pytest.mark.parametrize(
    "term",
    [
        *("all.", "-all:foo", "-all/8", "--all", "*all", "=all", "-", "1up=foo", "moo", "%{d}"),
        *("moo.cow/far_out=man", "moo.cow:far_out=man", "foo=%abc", "foo=%", "foo=%{r}"),
        *(
            "a:",
            "a:museum",
            "a:museum.",
            "a:foo-bar",
            "a:abc.123",
            "a:111.222.33.44",
            "a:x.example..",
        ),
        *("a:example.-com", "a:example.com-", "a:example.com:8080", "a:a.example,", "a:x%{d}y"),
        *("a/33", "a//129", "a/24/64", "a/024", "a/", "a//", "a///64", "a:b.example/33", "a/-1"),
        *("mx:", "mx/33", "mx//129", "mx:abc.123", "ptr:", "ptr/0", "ptr:x.example/0"),
        *(
            "exists",
            "exists:",
            "exists:x.example/24",
            "include",
            "include:",
            "include:x.example/24",
        ),
        *(
            "exists:%(ir).example",
            "exists:foo%.example",
            "exists:%{a}.example",
            "exists:%{d0}.example",
        ),
        *(
            "exists:%{d.example",
            "exists:%{c}.example",
            "exists:%{t}.x.example",
            "exists:%{d2x}.example",
        ),
        *("ip4", "ip4:", "ip4:1.2.3", "ip4:1.2.3.4/33", "ip4:1.2.3.4/032", "ip4:1.2.3.4//32"),
        *(
            "ip4:1.2.3.4:8080",
            "ip4:1.2.3.04",
            "ip4:1.2.3.4/255.255.255.0",
            "ip4:::1",
            "ip4:1.2.3.256",
        ),
        *(
            "ip6",
            "ip6:",
            "ip6::CAFE::BABE",
            "ip6:::1/129",
            "ip6:::1//33",
            "ip6:1.2.3.4",
            "ip6:fe80::1%eth0",
        ),
        *(
            "redirect=",
            "redirect=-all",
            "redirect=museum",
            "redirect:x.example",
            "+redirect=x.example",
        ),
        *("exp=", "exp=-all", "exp=%{r}.example", "ipv4:192.0.2.1", "a:ctrl.example\rptr", "\ta"),
        *(
            "a:\u00ef.example",
            "a:mas\u017f.example",
            "a:x.\u212a",
            "a:x.example/\u0663",
            "a:x\\239\\187.example",
            "\\128a",
            "“all",
        ),
    ],
)
def test_what_is_not_in_the_grammar_is_refused(term: str) -> None:
    with pytest.raises(spf.SpfError) as refused:
        spf.parse(f"v=spf1 mx {term} -all")
    assert refused.value.term == term


def test_modifiers_that_may_be_there_once() -> None:
    for double in ("exp=a.example EXP=a.example", "redirect=a.example x=1 Redirect=b.example"):
        with pytest.raises(spf.SpfError):
            spf.parse(f"v=spf1 {double} -all")


def test_a_very_long_record_is_read_in_a_moment() -> None:
    """A zone's owner may write 64 KiB: reading them must not take minutes."""
    for text in ("a" * 60_000, "a." * 30_000 + "!", "%{d}" * 15_000 + "%", "." + "1-" * 30_000):
        with pytest.raises(spf.SpfError):
            spf.parse(f"v=spf1 a:{text} -all")
