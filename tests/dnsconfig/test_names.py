"""Names as people type them."""

import pytest

from dnsconfig.names import BadName, clean_domain, mixes_scripts, to_ascii, to_unicode, zone_of


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Example.COM", "example.com"),
        (" example.com. ", "example.com"),
        ("bücher.example", "xn--bcher-kva.example"),
        ("ＥＸＡＭＰＬＥ。com", "example.com"),
        ("sub.example.co.uk", "sub.example.co.uk"),
    ],
)
def test_03_spellings_of_one_name_are_one_name(typed: str, name: str) -> None:
    assert clean_domain(typed) == name


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "empty"),
        ("   ", "empty"),
        ("co.uk", "public_suffix"),
        ("com", "public_suffix"),
        ("github.io", "public_suffix"),
        ("ovh", "public_suffix"),
        ("contoso.onmicrosoft.com", "reserved"),
        ("onmicrosoft.com", "reserved"),
        ("printer.local", "reserved"),
        ("1.0.0.127.in-addr.arpa", "reserved"),
        ("ms12345678.msv1.invalid", "reserved"),
        ("192.0.2.1", "address"),
        ("2001:db8::1", "address"),
        ("https://example.com/", "address"),
        ("somebody@example.com", "email"),
        ("exam ple.com", "not_a_name"),
        ("example.com\nevil.com", "not_a_name"),
        ("-dash.example", "not_a_name"),
        ("xn--\u20ac.example", "not_a_name"),
        ("☃️.example", "not_a_name"),
        ("a" * 64 + ".example", "not_a_name"),
        ("..", "not_a_name"),
    ],
)
def test_01_02_03_what_is_no_configurable_domain_is_refused_with_the_reason(
    typed: str, code: str
) -> None:
    with pytest.raises(BadName) as refused:
        clean_domain(typed)
    assert refused.value.code == code


def test_04_the_longest_zone_holds_a_name() -> None:
    zones = ["example.com", "mail.example.com", "ample.com"]
    assert zone_of("a.mail.example.com", zones) == "mail.example.com"
    assert zone_of("example.com", zones) == "example.com"
    assert zone_of("notexample.com", zones) is None


def test_people_read_the_unicode_form() -> None:
    assert to_unicode("xn--bcher-kva.example") == "bücher.example"
    assert to_unicode("xn--0.example") == "xn--0.example"


@pytest.mark.parametrize(
    ("name", "mixed"),
    [
        ("example.com", False),
        ("bücher.example", False),
        ("xn--mgba3a4f16a.example", False),
        ("p\u0430ypal.example", True),
        ("日本語abc.example", False),
        ("日本語аbc.example", True),
        ("пример.example", False),
    ],
)
def test_03_look_alikes_are_noticed(name: str, mixed: bool) -> None:
    assert mixes_scripts(to_ascii(name)) is mixed
