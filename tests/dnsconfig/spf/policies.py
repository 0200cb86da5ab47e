"""Generated records, and the made-up DNS that they lean on."""

from hypothesis import strategies as st

from tests.dnsconfig.spf.oracle import Zone

OURS = "spf.protection.outlook.com"
WANTED = f"v=spf1 include:{OURS} -all"
OUR_SENDERS = ("40.92.0.7", "52.100.1.1", "104.47.1.250")

SENDERS = (
    *OUR_SENDERS,
    *("192.0.2.1", "192.0.2.77", "198.51.100.3", "198.51.100.200", "203.0.113.5", "203.0.113.80"),
)

ZONE: Zone = {
    (OURS, "TXT"): ["v=spf1 ip4:40.92.0.0/15 ip4:52.100.0.0/14 ip4:104.47.0.0/17 -all"],
    ("good.example", "TXT"): ["v=spf1 ip4:192.0.2.0/26 ~all"],
    ("good.example", "A"): ["192.0.2.77"],
    ("good.example", "MX"): [(10, "mail.good.example"), (20, "mail.other.example")],
    ("mail.good.example", "A"): ["198.51.100.3"],
    ("mail.other.example", "A"): ["198.51.100.200", "203.0.113.5"],
    ("other.example", "TXT"): ["v=spf1 a:mail.other.example -ip4:192.0.2.1 include:good.example"],
    ("other.example", "A"): ["203.0.113.80"],
    ("other.example", "MX"): [(1, "mail.good.example")],
    ("broken.example", "TXT"): ["v=spf1 moo -all"],
}

DOMAINS = ("good.example", "Good.Example.", "other.example", "mail.good.example", "none.example")

_cidr = st.sampled_from(["", "", "/24", "/32", "//64", "/26//128", "/0"])
_domain = st.sampled_from(DOMAINS)
_network = st.sampled_from(
    ["192.0.2.0/24", "192.0.2.1", "198.51.100.0/25", "203.0.113.80", "203.0.113.0/26", "10.0.0.0/8"]
)

_mechanisms = st.one_of(
    st.builds("{}:{}{}".format, st.sampled_from(["a", "mx", "A"]), _domain, _cidr),
    st.builds("{}:{}".format, st.sampled_from(["ip4", "IP4"]), _network),
    st.builds("{}:{}".format, st.sampled_from(["include", "Include"]), _domain),
    st.builds("exists:{}".format, _domain),
    st.sampled_from(
        ["a", "mx", "ip6:2001:db8::/32", "exists:%{i}.list.example", "include:broken.example"]
    ),
)
directives = st.builds("{}{}".format, st.sampled_from(["", "", "+", "-", "~", "?"]), _mechanisms)
_ours = st.builds(
    "{}{}:{}".format,
    st.sampled_from(["", "+", "-", "~", "?"]),
    st.sampled_from(["include", "INCLUDE"]),
    st.sampled_from([OURS, OURS.upper(), OURS + "."]),
)
_others = st.sampled_from(["exp=why.example", "moo=cow", "x.y-z=", "Redirect-not=1"])
_alls = st.sampled_from(["-all", "~all", "?all", "all", "+ALL", "-all ip4:192.0.2.9", "~all -all"])
_ends = st.one_of(
    st.just(""), _alls, _alls, st.builds("redirect={}".format, st.sampled_from((*DOMAINS, OURS)))
)


@st.composite
def records(draw: st.DrawFn) -> str:
    """A valid record of a few terms, with any blanks."""
    terms = draw(st.lists(directives, max_size=4))
    for more in draw(st.lists(_ours, max_size=2)) + draw(st.lists(_others, max_size=1)):
        terms.insert(draw(st.integers(0, len(terms))), more)
    terms.insert(draw(st.sampled_from([len(terms), len(terms), 0])), draw(_ends))
    blanks = st.sampled_from([" ", " ", " ", "  "])
    text = draw(st.sampled_from(["v=spf1", "v=spf1", "V=SPF1"]))
    return (
        text
        + "".join(draw(blanks) + term for term in terms if term)
        + draw(st.sampled_from(["", " "]))
    )


passing = st.builds(
    "v=spf1 {} {}".format,
    st.lists(_mechanisms, max_size=4).map(" ".join),
    st.sampled_from(["-all", "~all", "?all", ""]),
)
