"""Records are compared as the DNS compares them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dnsconfig.records import BadValue, Record, Snapshot, cname, mx, of_text, txt

ZONE = "example.com"


def test_case_and_final_dots_do_not_matter() -> None:
    assert mx("Example.COM.", 0, "Contoso.MX.Microsoft.") == mx(
        "example.com", 0, "contoso.mx.microsoft"
    )
    assert cname("a.example.com", "B.example.COM.").value == "b.example.com."


def test_texts_are_compared_joined() -> None:
    split = of_text(ZONE, "TXT", '"v=spf1 " "-all"', origin=ZONE)
    assert split == txt(ZONE, "v=spf1 -all")
    assert split.target == '"v=spf1 -all"'


def test_relative_targets_are_completed_by_the_zone() -> None:
    assert of_text(ZONE, "MX", "10 mail", origin=ZONE).value == "10 mail.example.com."


def test_a_long_text_is_cut_into_strings_of_255() -> None:
    record = txt(ZONE, "x" * 600)
    assert [len(part) for part in record.rdata.strings] == [255, 255, 90]
    assert of_text(ZONE, "TXT", record.target, origin=ZONE) == record


@given(st.text(max_size=300))
def test_no_text_is_changed_on_its_way(text: str) -> None:
    record = txt(ZONE, text)
    assert b"".join(record.rdata.strings) == text.encode()
    assert of_text(ZONE, "TXT", record.target, origin=ZONE) == record
    assert Record.from_json(record.to_json()) == record


def test_what_is_no_rdata_is_said() -> None:
    with pytest.raises(BadValue):
        of_text(ZONE, "MX", "mail", origin=ZONE)


def test_a_snapshot_counts_a_doubled_record_once() -> None:
    record = txt(ZONE, "once")
    assert Snapshot.of(ZONE, [record, record]).at(ZONE) == (record,)
