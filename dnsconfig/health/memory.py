"""From one look to the next: when a failure is a regression, and when it is over. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from dnsconfig.health.results import Health, Remembered, Result

LOOKS_BEFORE_ALERT = {"servers": 2, "spf": 2, "dkim": 2}
"""These hang on others, who have bad moments; all else is told at the first look."""


@dataclass(frozen=True)
class Followed:
    """All checks of one look with their past, and what is news."""

    remembered: tuple[Remembered, ...]
    regressed: tuple[Result, ...]
    recovered: tuple[Result, ...]


def follow(results: Iterable[Result], before: Iterable[Remembered]) -> Followed:
    """Each result against what was remembered of the same check."""
    known = {one.result.check: one for one in before}
    remembered, regressed, recovered = [], [], []
    for result in results:
        past = known.get(result.check)
        now = _next(result, past)
        remembered.append(now)
        if now.is_alerted and not (past and past.is_alerted):
            regressed.append(result)
        if past and past.is_alerted and not now.is_alerted:
            recovered.append(result)
    return Followed(tuple(remembered), tuple(regressed), tuple(recovered))


def _next(result: Result, past: Remembered | None) -> Remembered:
    """Unknown changes nothing. After an alert only good arms again; before, anything but failed."""
    if result.health is Health.UNKNOWN:
        return _unchanged(result, past)
    was_alerted = past is not None and past.is_alerted
    if result.health is Health.OK or (result.health is Health.WARNING and not was_alerted):
        return Remembered(result, result.health, is_armed=True)
    is_armed = past is not None and past.is_armed
    fails = (past.fails if past else 0) + 1 if result.health is Health.FAILED else 0
    if is_armed and fails >= LOOKS_BEFORE_ALERT.get(result.check, 1):
        return Remembered(result, result.health, fails, is_alerted=True)
    return Remembered(result, result.health, fails, is_armed, was_alerted)


def _unchanged(result: Result, past: Remembered | None) -> Remembered:
    if past is None:
        return Remembered(result, Health.UNKNOWN)
    return Remembered(result, past.counted, past.fails, past.is_armed, past.is_alerted)
