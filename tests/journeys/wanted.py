"""What somebody may come to wish of a subscription."""

import random
from collections.abc import Callable

from subscriptions import intake, wishes
from subscriptions.models import Status, Subscription
from subscriptions.plans import TERMS
from subscriptions.rules import (
    Cancel,
    Change,
    ChooseEnd,
    ClearSchedule,
    Reactivate,
    Rename,
    SetSeats,
    Suspend,
)

Wish = Callable[[random.Random, Subscription], Change]


def change(rng: random.Random, row: Subscription) -> Change:
    """Any wish, possible or not. Raises Impossible when it is not sold."""
    if row.status == Status.SUSPENDED and rng.random() < 0.5:
        return Reactivate()
    kinds, weights = zip(*KINDS.items(), strict=True)
    return rng.choices(kinds, weights)[0](rng, row)


def _more(rng: random.Random, row: Subscription) -> Change:
    return SetSeats(quantity=row.quantity + rng.choice([1, 2, 3, 7, 10, 25, 300]))


def _fewer(rng: random.Random, row: Subscription) -> Change:
    return SetSeats(quantity=row.quantity - rng.randint(1, max(1, row.quantity // 2)))


def _end(rng: random.Random, row: Subscription) -> Change:
    return ChooseEnd(choice=rng.choice(["renew", "cancel", "extend"]))


def _rename(rng: random.Random, row: Subscription) -> Change:
    return Rename(name=f"Team {rng.randint(1, 99)}")


def _plan(rng: random.Random, row: Subscription) -> Change:
    term, billing_cycle = rng.choice(list(TERMS))
    return wishes.plan_change(row, term=term, billing_cycle=billing_cycle)


def _at_renewal(rng: random.Random, row: Subscription) -> Change:
    term, billing_cycle = rng.choice([("", ""), ("", ""), *TERMS])
    quantity = rng.choice([None, max(1, row.quantity - 2), row.quantity + 5])
    if not term and quantity is None:
        quantity = row.quantity + 1
    return wishes.at_renewal(row, quantity=quantity, term=term, billing_cycle=billing_cycle)


def _other_at_renewal(rng: random.Random, row: Subscription) -> Change:
    product = _target(rng, row)
    return wishes.at_renewal(row, product=product, quantity=row.quantity + rng.choice([0, 3]))


def _upgrade(rng: random.Random, row: Subscription) -> Change:
    quantity = rng.choice([row.quantity, rng.randint(1, row.quantity)])
    term = rng.choice(["", "", "P1Y"])
    return wishes.upgrade(row, product=_target(rng, row), quantity=quantity, term=term)


def _target(rng: random.Random, row: Subscription) -> str:
    """A licence that Microsoft offers instead; else one that nobody sells."""
    targets, _sentence = intake.offered(row)
    eligible = [each.code for each in targets if each.is_eligible]
    return rng.choice(eligible) if eligible else "NOTHING:0000"


KINDS: dict[Wish, int] = {
    _more: 20,
    _fewer: 14,
    _end: 12,
    _at_renewal: 8,
    _other_at_renewal: 3,
    _plan: 8,
    _upgrade: 7,
    _rename: 3,
    lambda rng, row: Cancel(): 6,
    lambda rng, row: Suspend(): 5,
    lambda rng, row: Reactivate(): 1,
    lambda rng, row: ClearSchedule(): 4,
}
