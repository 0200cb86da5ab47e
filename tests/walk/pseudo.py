"""A language in which every translated text stands between marks, and its reader."""

from collections.abc import Iterator
from contextlib import contextmanager
from gettext import NullTranslations

from django.utils.translation import trans_real
from django.utils.translation.trans_real import DjangoTranslation

OPEN, CLOSE = (
    "\N{MATHEMATICAL LEFT WHITE SQUARE BRACKET}",
    "\N{MATHEMATICAL RIGHT WHITE SQUARE BRACKET}",
)
LANGUAGE = "fr"
"""Whose catalogue is replaced: a language that a person may choose."""


class Marked(NullTranslations):
    """Django asks nothing else of a catalogue; a context stands before `\\x04`.

    `unknown`: what was asked for and the real catalogue does not have.
    """

    def __init__(self, real: DjangoTranslation) -> None:
        super().__init__()
        self.known = real._catalog  # type: ignore[attr-defined]
        self.unknown: set[str] = set()

    def language(self) -> str:
        return LANGUAGE

    def to_language(self) -> str:
        return LANGUAGE

    def gettext(self, message: str) -> str:
        if message and self.known.get(message) is None:
            self.unknown.add(message)
        return self._marked(message)

    def ngettext(self, singular: str, plural: str, n: int) -> str:
        if self.known.get((singular, 0)) is None:
            self.unknown.add(singular)
        return self._marked(singular if n == 1 else plural)

    @staticmethod
    def _marked(message: str) -> str:
        text = message.rpartition("\x04")[2]
        return f"{OPEN}{text}{CLOSE}" if text else ""


@contextmanager
def marked() -> Iterator[Marked]:
    """French is the language of marks."""
    real = trans_real.translation(LANGUAGE)
    trans_real._translations[LANGUAGE] = marks = Marked(real)
    try:
        yield marks
    finally:
        trans_real._translations[LANGUAGE] = real
