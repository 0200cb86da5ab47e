"""OVH's spelling of records, both ways."""

import pytest

from dnsconfig.providers.ovh_text import of_answer, of_export, to_body
from dnsconfig.records import BadValue, mx, txt

ZONE = "example.com"

EXPORT = """$TTL 3600
@\tIN SOA dns200.anycast.me. tech.ovh.net. (2026112100 86400 3600 3600000 60)
                          IN NS     ns1.ovh.example.
                      600 IN MX     10 mail
                          IN TXT    "v=spf1 " "-all"
_dmarc                    IN DMARC  v=DMARC1; p=none
s1._domainkey          60 IN DKIM   "v=DKIM1;k=rsa;p=abc"
spf                       IN SPF    "v=spf1 include:mx.ovh.com ~all"
WWW                       IN CNAME  Example.COM.
"""


def test_an_export_is_read_with_ovhs_own_types() -> None:
    records = {str(r): r.ttl for r in of_export(EXPORT, ZONE) if r.type != "SOA"}
    assert records == {
        "example.com NS ns1.ovh.example.": 3600,
        "example.com MX 10 mail.example.com.": 600,
        "example.com TXT v=spf1 -all": 3600,
        "_dmarc.example.com TXT v=DMARC1; p=none": 3600,
        "s1._domainkey.example.com TXT v=DKIM1;k=rsa;p=abc": 60,
        "spf.example.com TXT v=spf1 include:mx.ovh.com ~all": 3600,
        "www.example.com CNAME example.com.": 3600,
    }


@pytest.mark.parametrize("text", ["$INCLUDE /etc/passwd\n", "<html>", "www IN A nonsense"])
def test_what_is_no_zone_is_not_read(text: str) -> None:
    with pytest.raises(BadValue):
        of_export(text, ZONE)


@pytest.mark.parametrize(
    ("answer", "read"),
    [
        (("TXT", "", '"test"'), "example.com TXT test"),
        (("TXT", None, "test"), "example.com TXT test"),
        (("TXT", "", '"a" "b"'), "example.com TXT ab"),
        (("SPF", "", '"v=spf1 -all"'), "example.com TXT v=spf1 -all"),
        (("DKIM", "x._domainkey", "v=DKIM1;p=a"), "x._domainkey.example.com TXT v=DKIM1;p=a"),
        (("CNAME", "WWW", "example.com"), "www.example.com CNAME example.com.example.com."),
        (("SRV", "_sip._tls", "100 1 443 a.b."), "_sip._tls.example.com SRV 100 1 443 a.b."),
        (("MX", "", "garbage"), "example.com MX garbage"),
        (("LATER", "", "as it is"), "example.com LATER as it is"),
    ],
)
def test_records_as_the_api_tells_them(answer: tuple[str, str | None, str], read: str) -> None:
    kind, sub, target = answer
    told = {"id": 5390038375, "fieldType": kind, "subDomain": sub, "target": target, "ttl": 0}
    record = of_answer(told, ZONE)
    assert str(record) == read
    assert (record.id, record.native_type, record.ttl) == ("5390038375", kind, 3600)


def test_a_body_quotes_texts_and_names_the_apex_by_nothing() -> None:
    assert to_body(txt(ZONE, "MS=ms1"), ZONE)["target"] == '"MS=ms1"'
    body = to_body(mx(ZONE, 0, "a.mx.microsoft"), ZONE)
    assert (body["subDomain"], body["target"]) == ("", "0 a.mx.microsoft.")
