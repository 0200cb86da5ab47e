"""What the search answers with: entries in groups."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from common.folding import fold

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

MOST = 5
"""Entries of a group that are shown; the rest are a list away."""


@dataclass(frozen=True)
class Entry:
    """One way to go."""

    title: "StrOrPromise"
    url: str
    icon: str
    note: "StrOrPromise" = ""
    press: str = ""
    """What the browser's script presses instead of following the address (a CSS selector)."""
    is_exact: bool = False
    """It was called by its very number, id or name."""


@dataclass(frozen=True)
class Group:
    """Entries of one kind; `more` is where all of them are."""

    name: str
    title: "StrOrPromise"
    entries: list[Entry]
    more: str = ""


def starts(words: list[str], *texts: object) -> bool:
    """Every one of the (folded) words begins a word of the texts."""
    known = fold(" ".join(map(str, texts))).replace("’", " ").replace("-", " ").split()
    return all(any(one.startswith(word) for one in known) for word in words)
