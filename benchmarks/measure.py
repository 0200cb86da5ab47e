"""Timing."""

import statistics
import time
from collections.abc import Callable
from typing import Any


def p95(samples: list[float]) -> float:
    return statistics.quantiles(samples, n=20)[-1]


def timed(do: Callable[[], Any], rounds: int) -> list[float]:
    """Seconds of each round, after three that warm up."""
    for _round in range(3):
        do()
    samples = []
    for _round in range(rounds):
        begin = time.perf_counter()
        do()
        samples.append(time.perf_counter() - begin)
    return samples
