"""Timing."""

import statistics
import time
from collections.abc import Callable
from typing import Any


def median(samples: list[float]) -> float:
    return statistics.median(samples)


def p95(samples: list[float]) -> float:
    return statistics.quantiles(samples, n=20, method="inclusive")[-1]


def in_turns(first: Callable[[], Any], second: Callable[[], Any], rounds: int) -> list[list[float]]:
    """Seconds of each round of both, after three that warm up.

    They take turns, so that a busy moment of the machine meets both.
    """
    samples: list[list[float]] = [[], []]
    for number in range(rounds + 3):
        for do, seconds in zip((first, second), samples, strict=True):
            begin = time.perf_counter()
            do()
            if number >= 3:
                seconds.append(time.perf_counter() - begin)
    return samples
