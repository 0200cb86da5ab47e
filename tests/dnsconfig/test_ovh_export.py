"""A whole zone of OVH in one text."""

from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dnsconfig.providers import ovh_export
from dnsconfig.providers.ovh_export import of_export
from dnsconfig.records import BadValue

ZONE = "example.com"

EXPORT = """$TTL 3600
@\tIN SOA dns200.anycast.me. tech.ovh.net. (2026112100 86400
   3600 3600000 60) ; a comment
; another
                          IN NS     ns1.ovh.example.
                      600 IN MX     10 mail
                          IN MX     0 .
                          IN TXT    "v=spf1 " "-all"
                          IN TXT    "a \\"b\\"; c" ; and this is none of it
                          IN TXT    ( "one"
                                      "two" )
_dmarc                    IN DMARC  v=DMARC1; p=none
s1._domainkey          60 IN DKIM   "v=DKIM1;k=rsa;p=abc"
spf                       IN SPF    "v=spf1 include:mx.ovh.com ~all"
WWW                       IN CNAME  Example.COM.
www                    60 IN A      192.0.2.1
both                      IN 60 A   192.0.2.1
both                  120 IN A      192.0.2.2
apex                      IN CNAME  @
broken                    IN A      nonsense
later                     IN SVCB   1 . alpn="h2"
future                    IN LATER  as it is
a\\032b                   IN A      192.0.2.3
$ORIGIN sub.example.com.
_sip._tls                 IN SRV    100 1 443 SIP
host.example.com.         IN AAAA   2001:DB8:0::1
"""


def test_every_record_with_ovhs_own_types_and_ttls() -> None:
    records = {str(r): (r.ttl, r.native_type) for r in of_export(EXPORT, ZONE) if r.type != "SOA"}
    assert records == {
        "example.com NS ns1.ovh.example.": (3600, ""),
        "example.com MX 10 mail.example.com.": (600, ""),
        "example.com MX 0 .": (3600, ""),
        "example.com TXT v=spf1 -all": (3600, ""),
        'example.com TXT a "b"; c': (3600, ""),
        "example.com TXT onetwo": (3600, ""),
        "_dmarc.example.com TXT v=DMARC1; p=none": (3600, "DMARC"),
        "s1._domainkey.example.com TXT v=DKIM1;k=rsa;p=abc": (60, "DKIM"),
        "spf.example.com TXT v=spf1 include:mx.ovh.com ~all": (3600, "SPF"),
        "www.example.com CNAME example.com.": (3600, ""),
        "www.example.com A 192.0.2.1": (60, ""),
        "both.example.com A 192.0.2.1": (60, ""),
        "both.example.com A 192.0.2.2": (120, ""),
        "apex.example.com CNAME example.com.": (3600, ""),
        "broken.example.com A nonsense": (3600, ""),
        'later.example.com SVCB 1 . alpn="h2"': (3600, ""),
        "future.example.com LATER as it is": (3600, ""),
        r"a\032b.example.com A 192.0.2.3": (3600, ""),
        "_sip._tls.sub.example.com SRV 100 1 443 sip.sub.example.com.": (3600, ""),
        "host.example.com AAAA 2001:db8::1": (3600, ""),
    }


@pytest.mark.parametrize(
    "text",
    [
        "$INCLUDE /etc/passwd\n",
        "<html>",
        "$TTL soon\n",
        "@ IN SOA a. b. (1 2 3\n",
        "word",
        "not a zone",
        "",
    ],
)
def test_what_is_no_zone_is_not_read(text: str) -> None:
    with pytest.raises(BadValue):
        of_export(text, ZONE)


HOSTS = st.sampled_from(
    ["mail", "Mail.Example.NET.", "a.b", ".", "@", "_x", "-", "a..b", "x" * 64, "a\\.b", "1", "*"]
)
NUMBERS = st.sampled_from(["0", "7", "007", "65535", "65536", "-1", "x", ""])
ADDRESSES = st.sampled_from(["192.0.2.1", "192.0.2.01", "192.0.2", "1.2.3.256", "::1", ""])
LINES = st.one_of(
    st.tuples(st.just("A"), ADDRESSES),
    st.tuples(st.sampled_from(["CNAME", "NS", "PTR"]), HOSTS),
    st.tuples(st.just("MX"), NUMBERS, HOSTS),
    st.tuples(st.just("SRV"), NUMBERS, NUMBERS, NUMBERS, HOSTS),
)


@given(LINES)
def test_the_quick_way_reads_what_dnspython_reads(line: tuple[str, ...]) -> None:
    text = f"@ IN NS a.\nhere IN {' '.join(line)} \n"
    try:
        quick = of_export(text, ZONE)
    except BadValue:
        quick = ()
    with patch.object(ovh_export, "_quickly", lambda *_args: ""):
        try:
            slow = of_export(text, ZONE)
        except BadValue:
            slow = ()
    assert quick == slow
