"""What may be an MPN ID, and that every refusal has words, a next step and a French future."""

from hypothesis import given
from hypothesis import strategies as st

from accounts import verdicts
from accounts.remote import DECIDING
from accounts.verdicts import DECIDED, REASONS, looks_like_mpn_id, refused


@given(st.integers(10**4, 10**10 - 1))
def test_five_to_ten_digits_are_asked_about(number: int) -> None:
    assert looks_like_mpn_id(str(number))


@given(st.text())
def test_nothing_but_ascii_digits_reaches_microsoft(text: str) -> None:
    if looks_like_mpn_id(text):
        assert 5 <= len(text) <= 10
        assert set(text) <= set("0123456789")


def test_digits_of_other_scripts_are_no_mpn_id() -> None:
    assert not looks_like_mpn_id("٤٨٤٧٣٨٣")
    assert not looks_like_mpn_id("4847³83")


def test_every_reason_has_words_and_a_next_step() -> None:
    assert all(reason.text and reason.advice for reason in REASONS.values())
    assert set(REASONS) >= DECIDING | DECIDED | {"3000", "900400", "900414", "relationship"}


def test_an_unknown_code_keeps_microsofts_own_words() -> None:
    verdict = refused("4847383", "900999", said="Something new.")
    assert verdict.is_refused
    assert verdict.sentence == "Something new. (Microsoft's code 900999)"


def test_cannot_tell_is_neither_yes_nor_no() -> None:
    verdict = verdicts.cannot_tell("4847383")
    assert verdict.is_unknown
    assert not verdict.is_valid
    assert not verdict.is_refused
