"""Random journeys: whatever is wished, breaks or comes with time, both sides agree to the cent.

`python -m tests.journeys SEED` takes a single one again.
"""

import os

import pytest

from tests.journeys.walk import walk

OFTEN, ALL = range(8), range(36)
WANTED = [int(seed) for seed in os.environ.get("JOURNEYS", "").split()]
SEEDS = [pytest.param(seed, marks=() if seed in OFTEN else pytest.mark.full) for seed in ALL]

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("seed", WANTED or SEEDS)
def test_a_journey(seed: int) -> None:
    assert walk(seed).steps > 1
