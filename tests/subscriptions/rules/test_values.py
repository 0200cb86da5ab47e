"""Changes and previews travel as JSON: form, API and audit see the same object."""

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from subscriptions.rules import (
    Batch,
    Cancel,
    Change,
    ChangePlan,
    ChooseEnd,
    ClearSchedule,
    ConvertTrial,
    Preview,
    Reactivate,
    Rename,
    ScheduleAtRenewal,
    Scheduled,
    SetSeats,
    Suspend,
    Upgrade,
    changes,
    from_json,
    judge,
    take,
)
from tests.subscriptions.rules.contracts import at, bought

TEN = replace(bought(at(5)), scheduled=Scheduled(quantity=3, unit_price=Decimal("11.50")))
PLAN = {"term": "P3Y", "billing_cycle": "annual", "unit_price": Decimal("120.10")}
WISHES: list[Change] = [
    SetSeats(quantity=12),
    Cancel(),
    Suspend(),
    Reactivate(),
    Rename(name="Paris"),
    ChooseEnd(choice="extend"),
    ScheduleAtRenewal(quantity=4, ends_on=date(2027, 12, 31)),
    ScheduleAtRenewal(**PLAN),
    ClearSchedule(),
    ConvertTrial(quantity=3, **PLAN),
    ChangePlan(**PLAN),
    Upgrade(product="X:1", quantity=10, into="5fcf618b", **PLAN),
]


def test_there_is_a_wish_of_every_kind() -> None:
    assert {wish.kind for wish in WISHES} == set(changes.KINDS)


@pytest.mark.parametrize("wish", WISHES, ids=lambda wish: wish.kind)
def test_wishes_and_previews_survive_json(wish: Change) -> None:
    assert from_json(json.loads(json.dumps(wish.to_json()))) == wish
    preview = judge(replace(TEN, is_trial=wish.kind == "convert_trial"), wish, at(7))
    read = Preview.from_dict(json.loads(json.dumps(preview.to_dict())))
    assert read == preview
    assert read.to_dict() == preview.to_dict()
    assert read.costs_as(preview)


@pytest.mark.parametrize(
    "value",
    [
        {},
        {"kind": "explode"},
        {"kind": "set_seats"},
        {"kind": "set_seats", "quantity": "12"},
        {"kind": "set_seats", "quantity": True},
        {"kind": "set_seats", "quantity": 12, "colour": "red"},
        {"kind": "rename", "name": 5},
        {"kind": "change_plan", "term": "P1Y", "billing_cycle": "annual", "unit_price": 1.5},
        {"kind": "change_plan", "term": "P1Y", "billing_cycle": "annual", "unit_price": "cheap"},
        {"kind": "schedule_at_renewal", "ends_on": "tomorrow"},
        {"kind": "schedule_at_renewal", "ends_on": 5},
    ],
)
def test_json_that_is_no_wish(value: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        from_json(value)


def test_another_price_is_another_preview() -> None:
    dearer = replace(TEN, unit_price=Decimal(13))
    wish = SetSeats(quantity=12)
    assert not judge(dearer, wish, at(7)).costs_as(judge(TEN, wish, at(7)))
    assert judge(TEN, wish, at(7, 9)).costs_as(judge(TEN, wish, at(7, 20)))


def test_seats_whose_window_closes_first_are_given_back_first() -> None:
    old, young, closed = Batch(3, at(9)), Batch(4, at(12)), Batch(5, at(6))
    assert take((young, closed, old), 5, at(7)) == (
        (Batch(3, at(9)), Batch(2, at(12))),
        (closed, Batch(2, at(12))),
    )
    with pytest.raises(ValueError, match="more seats"):
        take((young, closed), 5, at(7))
