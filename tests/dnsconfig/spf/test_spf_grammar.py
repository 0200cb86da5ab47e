"""The grammar beside pyspf's: the same records are valid, but for differences that are named."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dnsconfig import spf
from tests.dnsconfig.spf.bounded import property_test
from tests.dnsconfig.spf.oracle import is_valid

DOMAINS = """
x.example X.Example. _spf.x.example odd:name/with.example two..dots.example a.b,c.example
x.xn--p1ai x.a-b x.1-2 x.4u %{h} %{ir}.%{v}.x.example x.%{d2} %{L2R-}.example
one%%per%_cent%-.example %{s10r.+,/_=-}.x.example
museum museum. x.123 192.0.2.1 x.-com x.com- x.example.. x.example:25
%(d).example x%.example %{a}.example x%{d}y %{c}.example %{}
"""
ADDRESSES = """
192.0.2.1 0.0.0.0 255.255.255.255 192.0.2 192.0.2.256 192.0.02.1 1.2.3.4.5 192.0.2.1:25
:: ::1 2001:DB8::1 ::ffff:192.0.2.1 1:2:3:4:5:6:7:8 1:2:3:4:5:6:7:: ::2:3:4:5:6:7:8
1::2:3:4:5:6:7:8 1:2 1::2::3 12345:: 1:2:3:4:5:6:192.0.2.1 x.example fe80::1%eth0 :::1
"""
domains = st.sampled_from(["", *DOMAINS.split()])
addresses = st.sampled_from(["", *ADDRESSES.split()])
lengths = st.sampled_from(
    ["", "", "", "/0", "/24", "/32", "//0", "//64", "//128", "/24//64", "/33", "//129", "/024", "/"]
)
names = st.sampled_from(["a", "MX", "ptr", "exists", "Include", "all", "ip", "moo", "spf1", "prt"])
terms = st.one_of(
    st.builds("{}:{}{}".format, names, domains, lengths),
    st.builds("{}{}".format, names, lengths),
    st.builds("{}:{}{}".format, st.sampled_from(["ip4", "IP6", "ip"]), addresses, lengths),
    st.builds("{}={}".format, st.sampled_from(["redirect", "exp", "include", "x.y-z_1"]), domains),
    st.sampled_from(["redirect:x.example", "1up=x", "=x", "moo.x/y=z", "ip4", "a,", "all.", "x=%"]),
)
qualifiers = st.sampled_from(["", "", "", "-", "~", "?", "+", "!"])
qualified = st.builds("{}{}".format, qualifiers, terms).filter(lambda term: term[1:] != "exists")


@property_test(600)
@given(term=qualified, before=st.sampled_from(["", "a ", "-all ", "exp=w.x.example "]))
def test_valid_is_what_pyspf_takes_for_valid(term: str, before: str) -> None:
    text = f"v=spf1 {before}{term} ~all"
    assert ours(text) == is_valid(text)


def ours(text: str) -> bool:
    try:
        spf.parse(text)
    except spf.SpfError:
        return False
    return True


@pytest.mark.parametrize(
    ("text", "is_ours", "why"),
    [
        ("v=spf1 moo=1 moo=2 -all", True, "only redirect and exp must be there once (§6)"),
        ("v=spf1 Redirect=x.example REDIRECT=y.example", False, "names have no case (RFC 5234)"),
        ("v=spf1 Exp= -all", False, "names have no case (RFC 5234)"),
        ("v=spf1 a:%{d0}.example -all", False, "no macro keeps no part at all (§7.3)"),
        ("v=spf1 a:%{d!}.example -all", False, "no such delimiter (§7.1)"),
        ("v=spf1 a:x.%% -all", True, "a macro may end a domain, %% too (§7.1)"),
        ("v=spf1 moo=%{d -all", False, "a macro ends with its brace (§7.1)"),
        ("v=spf1 a:%{dx} -all", False, "no such delimiter (§7.1)"),
        ("v=spf1 -exists -all", False, "exists needs a domain (§5.7)"),
        ("v=spf1 a:x\x0b.example -all", False, "visible characters only (§7.1)"),
    ],
)
def test_where_pyspf_is_not_followed(text: str, is_ours: bool, why: str) -> None:
    assert ours(text) is is_ours, why
    assert is_valid(text) is not is_ours, why
