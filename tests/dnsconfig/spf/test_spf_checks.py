"""What is weak in a valid record, and the words for every code."""

import pytest

from dnsconfig import spf
from dnsconfig.spf import Cause, Weakness
from dnsconfig.spf.words import CAUSES, WEAKNESSES


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("v=spf1 a mx include:x.example -all", set()),
        ("v=spf1 a ~all exp=%{i}.why.example", set()),
        ("v=spf1 exists:%{i}.x.example -all", {Weakness.MACROS}),
        ("v=spf1 redirect=%{d}._spf.x.example", {Weakness.MACROS, Weakness.REDIRECT}),
        ("v=spf1 redirect=x.example -all", {Weakness.NEVER_REACHED}),
        ("v=spf1 -all mx", {Weakness.NEVER_REACHED}),
        ("v=spf1 a all", {Weakness.OPEN_TO_ALL}),
        ("v=spf1 a ?all", {Weakness.NEUTRAL_ALL}),
        ("v=spf1 ptr:x.example", {Weakness.PTR, Weakness.NO_ALL}),
        ("v=spf1" + " ip4:192.0.2.1" * 32 + " -all", {Weakness.LONG}),
        ("v=spf1" + " ip4:192.0.2.1" * 31 + " -all", set()),
    ],
)
def test_27_what_a_person_should_know(text: str, found: set[Weakness]) -> None:
    assert set(spf.weaknesses(text)) == found


def test_there_are_words_for_everything() -> None:
    assert set(CAUSES) == set(Cause)
    assert set(WEAKNESSES) == set(Weakness)
