"""A random journey: orders, changes, jumps of the clock and faults, a function of its seed.

After every step, and at the end, the portal and the sandbox must agree.
"""

import random
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from tests.journeys.journey import Journey
from tests.journeys.shop import opened

FIRST_DAY = datetime(2026, 2, 1, tzinfo=UTC)


class Violation(AssertionError):
    """Portal and sandbox disagree; says seed and steps."""


@dataclass(frozen=True)
class Walked:
    """How far a journey went."""

    steps: int
    calls: int


def walk(seed: int) -> Walked:
    """Take one journey, and forget it. Raises Violation."""
    rng = random.Random(seed)
    start = FIRST_DAY + timedelta(days=rng.randrange(1100), hours=rng.randrange(24), minutes=1)
    with opened(start) as shop:
        journey = Journey(rng, shop, start)
        try:
            journey.go()
        except Exception as error:
            steps = "\n".join(f"  {number}. {each}" for number, each in enumerate(journey.told))
            told = f"seed {seed}, from {start:%Y-%m-%d %H:%M}"
            raise Violation(f"{told}:\n{steps}\n{type(error).__name__}: {error}") from error
        return Walked(len(journey.told), len(shop.world.calls()))
