"""Random journeys: whatever is wished, breaks or comes with time, both sides agree to the cent.

`python -m tests.journeys SEED` takes a single one again.
"""

import pytest

from tests.journeys.walk import walk

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "seed", [*range(20), *(pytest.param(seed, marks=pytest.mark.full) for seed in range(20, 200))]
)
def test_a_journey(seed: int) -> None:
    assert walk(seed) > 1
