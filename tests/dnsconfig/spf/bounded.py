"""Property tests that take seconds and find the same on every machine."""

from collections.abc import Callable
from typing import Any

from hypothesis import HealthCheck, settings


def property_test(examples: int) -> Callable[..., Any]:
    """So many examples, the same ones every time, however slow the machine is."""
    return settings(
        max_examples=examples,
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
