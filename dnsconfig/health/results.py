"""What one check says, and what is remembered of the looks before. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Self


class Health(StrEnum):
    """Worst first, and `unknown` beside: nobody answered."""

    FAILED = "failed"
    WARNING = "warning"
    OK = "ok"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Result:
    """One check: `code` and `facts` make its sentence, see `dnsconfig.health.words`."""

    check: str
    health: Health
    code: str
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Remembered:
    """A result and its past."""

    result: Result
    counted: Health
    """For the score: what was last known, where this look could not tell."""
    fails: int = 0
    """Looks in a row that found it failed; looks that could not tell do not count."""
    is_armed: bool = False
    """It was good since the last alert, so that a failure is a regression."""
    is_alerted: bool = False
    """A mail went out, and it has not been good since."""

    def to_json(self) -> dict[str, Any]:
        return {
            "check": self.result.check,
            "health": self.result.health.value,
            "code": self.result.code,
            "facts": dict(self.result.facts),
            "counted": self.counted.value,
            "fails": self.fails,
            "is_armed": self.is_armed,
            "is_alerted": self.is_alerted,
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        health = Health(data["health"])
        return cls(
            Result(data["check"], health, data["code"], data["facts"]),
            Health(data["counted"]),
            data["fails"],
            data["is_armed"],
            data["is_alerted"],
        )
