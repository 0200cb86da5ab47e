"""A language in which every translated text stands between marks, and its reader."""

from collections.abc import Iterator
from contextlib import contextmanager
from gettext import NullTranslations

from django.utils.translation import trans_real

OPEN, CLOSE = (
    "\N{MATHEMATICAL LEFT WHITE SQUARE BRACKET}",
    "\N{MATHEMATICAL RIGHT WHITE SQUARE BRACKET}",
)
LANGUAGE = "fr"
"""Whose catalogue is replaced: a language that a person may choose."""


class Marked(NullTranslations):
    """Django asks nothing else of a catalogue; a context stands before `\\x04`."""

    def language(self) -> str:
        return LANGUAGE

    def to_language(self) -> str:
        return LANGUAGE

    def gettext(self, message: str) -> str:
        text = message.rpartition("\x04")[2]
        return f"{OPEN}{text}{CLOSE}" if text else ""

    def ngettext(self, singular: str, plural: str, n: int) -> str:
        return self.gettext(singular if n == 1 else plural)


@contextmanager
def marked() -> Iterator[None]:
    """French is the language of marks."""
    kept = trans_real._translations.get(LANGUAGE)
    trans_real._translations[LANGUAGE] = Marked()
    try:
        yield
    finally:
        trans_real._translations.pop(LANGUAGE)
        if kept is not None:
            trans_real._translations[LANGUAGE] = kept
