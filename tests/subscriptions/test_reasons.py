"""Every code of the rules has its sentence, with dates and money as people write them."""

import ast
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.utils import translation

from subscriptions import rules
from subscriptions.reasons import NOTES, REFUSALS, sentence, told
from subscriptions.rules import (
    Cancel,
    Change,
    ChangePlan,
    ChooseEnd,
    ConvertTrial,
    Forbidden,
    Note,
    ScheduleAtRenewal,
    SetSeats,
    Suspend,
    Upgrade,
    add,
    judge,
)
from tests.subscriptions.rules.contracts import at, bought

TEN = bought(at(5))
ENDING = {"auto_renew": False, "end_choice": "cancel"}
PLAN = ChangePlan(term="P3Y", billing_cycle="monthly", unit_price=Decimal(11))
YEAR = ScheduleAtRenewal(term="P1Y", billing_cycle="annual", unit_price=Decimal(120))
UPGRADE = Upgrade(product="X:1", quantity=10, unit_price=Decimal(30))
REFUSED: list[tuple[dict[str, object], Change, str]] = [
    ({}, SetSeats(quantity=9), "window is closed. It becomes possible at the renewal on 5 March"),
    (ENDING, SetSeats(quantity=9), "ends on 4 March 2027"),
    ({"batches": add((), 3, at(20))}, SetSeats(quantity=1), "Only down to 7 seats"),
    ({"batches": add((), 3, at(20)), **ENDING}, SetSeats(quantity=1), "Only down to 7 seats"),
    ({"batches": add((), 3, at(20))}, Cancel(), "for cancelling is closed. It becomes"),
    (ENDING, Cancel(), "closed; the subscription ends on 4 March 2027 anyway"),
    ({}, SetSeats(quantity=0), "At least 1 seat"),
    ({"minimum": 11}, SetSeats(quantity=2), "at least 11 seats"),
    ({}, SetSeats(quantity=999), "at most 300 seats"),
    ({"base_quantity": 10}, SetSeats(quantity=11), "its base, which has 10"),
    ({"base_quantity": 0}, SetSeats(quantity=11), "No base of this add-on is active"),
    ({"status": "expired"}, Suspend(), "ended on 4 March 2027"),
    ({"status": "asleep"}, Suspend(), "“asleep”"),
    ({"updates": 1200}, Suspend(), "changed 1200 times"),
    ({"is_trial": True}, Suspend(), "a trial until 4 March 2027"),
    ({}, replace(YEAR, ends_on=date(2030, 1, 1)), "between 5 March 2027 and 4 March 2028"),
    ({}, replace(PLAN, term="P9W"), "“P9W”"),
    ({}, replace(PLAN, term="P1M"), "before the renewal. It becomes possible"),
    ({}, replace(UPGRADE, quantity=11), "only 10 seats"),
]


def codes(kind: str) -> Iterator[str]:
    """The codes that the rules are written with."""
    for path in Path(rules.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == kind and node.args:
                yield from constants(node.args[0])


def constants(code: ast.expr) -> Iterator[str]:
    either = [code.body, code.orelse] if isinstance(code, ast.IfExp) else [code]
    yield from (str(each.value) for each in either if isinstance(each, ast.Constant))


def test_every_code_has_a_sentence() -> None:
    windows = {"reduce_window_closed", "cancel_window_closed"}
    plans = {"billing_longer_than_term", "billing_not_sold"}
    assert set(codes("Forbidden")) | windows | plans <= set(REFUSALS)
    stages = {"expired_from", "expired_without_grace", "disabled_from", "deleted_on"}
    assert set(codes("Note")) | stages == set(NOTES)


@pytest.mark.parametrize(("facts", "change", "said"), REFUSED)
def test_refusals_in_words(facts: dict[str, object], change: Change, said: str) -> None:
    with pytest.raises(Forbidden) as refused:
        judge(replace(TEN, **facts), change, at(25))
    with translation.override("en"):
        text = sentence(refused.value)
    assert said in text
    assert "%(" not in text


@pytest.mark.parametrize(
    ("facts", "change", "said"),
    [
        ({}, SetSeats(quantity=11), "given back only at the renewal on 5 March 2027"),
        (ENDING, SetSeats(quantity=11), "paid until the end on 4 March 2027"),
        ({"price_next": Decimal("13.1")}, SetSeats(quantity=11), "a seat costs €13.10"),
        ({"addons": ("Audio", "Visio")}, Cancel(), "still billed: Audio, Visio."),
        ({}, Suspend(), "Microsoft bills until 4 March 2027"),
        ({}, ChooseEnd(choice="cancel"), "From 4 April 2027 to 2 July 2027 it is disabled"),
        ({}, ChooseEnd(choice="cancel"), "to 3 April 2027 it is expired; the 30 free days"),
        (
            {"started_on": date(2025, 3, 5), "ends_on": date(2026, 3, 25)},
            ChooseEnd(choice="cancel"),
            "to 24 April 2026 it is expired: users can still work",
        ),
        ({}, ChooseEnd(choice="cancel"), "On 3 July 2027 Microsoft deletes it"),
        (
            {"monthly_price": Decimal(10)},
            ChooseEnd(choice="extend"),
            "From 5 March 2027 on it goes on month by month at €10.30 per seat: "
            "the monthly price and 3 %.",
        ),
        ({}, YEAR, "the new term lasts until 4 March 2028"),
        ({}, YEAR, "until 12 March 2027, 00:00 UTC"),
        ({}, UPGRADE, "no new 7-day window opens"),
        (
            {"is_trial": True},
            ConvertTrial(quantity=5, term="P1Y", billing_cycle="monthly", unit_price=Decimal(9)),
            "",
        ),
    ],
)
def test_notes_in_words(facts: dict[str, object], change: Change, said: str) -> None:
    preview = judge(replace(TEN, **facts), change, at(7))
    with translation.override("en"):
        texts = [told(note) for note in preview.notes]
    assert said in " ".join(texts)
    assert not any("%(" in text for text in texts)


def test_a_note_of_another_version_is_shown_as_it_is() -> None:
    assert told(Note("from_the_future")) == "from_the_future"
