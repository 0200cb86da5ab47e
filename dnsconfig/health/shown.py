"""Results as people and programs read them, in the language of the moment."""

from dataclasses import dataclass
from typing import Any

from dnsconfig.health import words
from dnsconfig.health.models import HealthCheck
from dnsconfig.health.results import Health, Result
from dnsconfig.health.score import WEIGHTS

_WORST_FIRST = list(Health)


@dataclass(frozen=True)
class Row:
    """One check with its label and its sentence."""

    result: Result

    @property
    def check(self) -> str:
        return self.result.check

    @property
    def health(self) -> str:
        return self.result.health.value

    @property
    def mark(self) -> str:
        """The badge."""
        return "good" if self.result.health is Health.OK else self.health

    @property
    def label(self) -> str:
        return str(words.LABELS[self.result.check])

    @property
    def text(self) -> str:
        return words.sentence(self.result)

    @property
    def weight(self) -> int:
        return WEIGHTS[self.result.check]


def rows_of(look: HealthCheck) -> list[Row]:
    """The checks of a look, worst first."""
    rows = [Row(one.result) for one in look.remembered]
    return sorted(rows, key=lambda row: _WORST_FIRST.index(row.result.health))


@dataclass(frozen=True)
class Look:
    """One look of the history: its score, and which checks were not good."""

    look: HealthCheck

    @property
    def failed(self) -> list[str]:
        return _labels(self.look.results, Health.FAILED)

    @property
    def warned(self) -> list[str]:
        return _labels(self.look.results, Health.WARNING)


@dataclass(frozen=True)
class Summary:
    """A domain with its latest look, as `configured_domains` brings it."""

    domain: Any

    @property
    def failed(self) -> list[str]:
        return _labels(self.domain.results or [], Health.FAILED)


def _labels(results: list[dict[str, Any]], health: Health) -> list[str]:
    return [str(words.LABELS[one["check"]]) for one in results if one["health"] == health.value]
