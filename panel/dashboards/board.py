"""A board: a table whose rows have a bar, so that the chart and its numbers are one."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse


@dataclass(frozen=True)
class Row:
    """`cells` follow the name; `share` is the length of the bar in percent, None without one."""

    name: str
    cells: tuple[str, ...]
    share: int | None = None
    url: str = ""


@dataclass(frozen=True)
class Board:
    title: str
    heads: tuple[str, ...]
    rows: tuple[Row, ...]
    note: str = ""
    is_long: bool = False
    """Folds its rows away below the chart."""

    @property
    def has_bars(self) -> bool:
        return any(row.share is not None for row in self.rows)


def share(value: int, longest: int) -> int:
    """In percent; a little of something is seen."""
    return max(1, round(100 * value / longest)) if value and longest else 0


def counted(counts: Iterable[tuple[str, int, str]]) -> tuple[Row, ...]:
    """Rows of name, number and address, their bars as long as the numbers."""
    found = list(counts)
    longest = max((n for _name, n, _url in found), default=0)
    return tuple(Row(name, (str(n),), share(n, longest), url) for name, n, url in found)


def list_of(name: str, **asked: str) -> str:
    """The admin's list with these filters."""
    query = f"?{urlencode(asked)}" if asked else ""
    return reverse(f"admin:{name}_changelist") + query
