"""OVH's spelling of records, both ways."""

from dataclasses import replace

import pytest

from dnsconfig.providers.ovh_text import may_replace, native_type, new_body, of_answer
from dnsconfig.records import Record, mx, txt

ZONE = "example.com"


@pytest.mark.parametrize(
    ("answer", "read"),
    [
        (("TXT", "", '"test"'), "example.com TXT test"),
        (("TXT", None, "test"), "example.com TXT test"),
        (("TXT", "", '"a" "b"'), "example.com TXT ab"),
        (("TXT", "", '"a \\"quoted\\" word"'), 'example.com TXT a "quoted" word'),
        (("TXT", "", r"back\slash"), r"example.com TXT back\092slash"),
        (("TXT", "", '"' + "x" * 300 + '"'), "example.com TXT " + "x" * 300),
        (("TXT", "", r'"\195\169"'), r"example.com TXT \195\169"),
        (("TXT", "", r'"\999"'), r'example.com TXT "\999"'),
        (("SPF", "", '"v=spf1 -all"'), "example.com TXT v=spf1 -all"),
        (("DKIM", "x._domainkey", r"v=DKIM1\;p=a"), "x._domainkey.example.com TXT v=DKIM1;p=a"),
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
    assert new_body(txt(ZONE, "MS=ms1"), ZONE)["target"] == '"MS=ms1"'
    body = new_body(mx(ZONE, 0, "a.mx.microsoft"), ZONE)
    assert (body["subDomain"], body["target"]) == ("", "0 a.mx.microsoft.")


KEY = "v=DKIM1; k=rsa; p=" + "A" * 392
LONG_SPF = "v=spf1 " + " ".join(f"ip4:192.0.2.{n}" for n in range(20)) + " -all"
LONG_DMARC = "v=DMARC1; p=none; rua=" + ",".join(f"mailto:r{n}@example.com" for n in range(20))


@pytest.mark.parametrize(
    ("sub", "text", "had", "native"),
    [
        ("", "v=spf1 -all", "", "TXT"),
        ("", "v=spf1 -all", "SPF", "SPF"),
        ("", "v=spf1 -all", "TXT", "TXT"),
        ("", LONG_SPF, "", "SPF"),
        ("", "no longer one", "SPF", "TXT"),
        ("s1._domainkey.", KEY, "", "DKIM"),
        ("s1._domainkey.", "k=rsa; p=AAAA", "DKIM", "DKIM"),
        ("s1._domainkey.", "v=DKIM1; p=AAAA", "", "TXT"),
        ("key.", KEY, "", "TXT"),
        ("_dmarc.", "v=DMARC1; p=none", "DMARC", "DMARC"),
        ("_dmarc.", LONG_DMARC, "", "DMARC"),
        ("", "x" * 300, "", "TXT"),
    ],
)
def test_a_text_keeps_its_native_type_and_a_long_one_takes_one(
    sub: str, text: str, had: str, native: str
) -> None:
    record = replace(txt(f"{sub}{ZONE}", text), native_type=had)
    assert native_type(record) == native
    body = new_body(record, ZONE)
    assert body["fieldType"] == native
    assert body["target"].startswith('"') == (native == "TXT")
    told = of_answer({**body, "id": 1}, ZONE)
    assert (told, told.native_type) == (record, native)


@pytest.mark.parametrize(
    ("old", "new", "may"),
    [
        (("TXT", "v=spf1 -all", "TXT"), ("TXT", "v=spf1 ~all", ""), True),
        (("TXT", "v=spf1 -all", "SPF"), ("TXT", "v=spf1 ~all", ""), True),
        (("TXT", "v=spf1 -all", "SPF"), ("TXT", "v=spf1 ~all", "TXT"), False),
        (("TXT", "v=spf1 -all", "SPF"), ("TXT", "MS=ms1", ""), False),
        (("TXT", "v=spf1 -all", "TXT"), ("TXT", "v=spf1 ~all", "SPF"), False),
        (("TXT", "v=spf1 -all", "TXT"), ("TXT", LONG_SPF, ""), False),
        (("CNAME", "a.", "CNAME"), ("CNAME", "b.", ""), True),
        (("CNAME", "a.", "CNAME"), ("MX", "0 b.", ""), False),
    ],
)
def test_a_change_in_place_keeps_the_native_type(
    old: tuple[str, str, str], new: tuple[str, str, str], may: bool
) -> None:
    one, other = (Record(ZONE, t, v, native_type=native) for t, v, native in (old, new))
    assert may_replace(other, one) is may
    assert not may_replace(replace(other, name="elsewhere.example"), one)
