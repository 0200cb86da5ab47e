"""Text as it is searched: without case and accents, in Python and in PostgreSQL alike.

PostgreSQL's extension `unaccent` is not everywhere; Unicode's decomposition is.
"""

import unicodedata
from typing import Any

from django.db.models import Func, TextField

_LIGATURES = {"œ": "oe", "æ": "ae", "ß": "ss"}
_STROKES = str.maketrans("øłđı", "oldi")


def fold(text: str) -> str:
    """`Œuvre d’Été` becomes `oeuvre d’ete`."""
    parts = unicodedata.normalize("NFKD", text)
    plain = "".join(each for each in parts if not "\u0300" <= each <= "\u036f").lower()
    for one, two in _LIGATURES.items():
        plain = plain.replace(one, two)
    return plain.translate(_STROKES)


class Fold(Func):
    """The same of a column. Immutable: it may stand in a generated column or an index."""

    template = (
        "translate(replace(replace(replace(lower(regexp_replace(normalize(%(expressions)s, NFKD),"
        " '[\\u0300-\\u036f]', '', 'g')), 'œ', 'oe'), 'æ', 'ae'), 'ß', 'ss'), 'øłđı', 'oldi')"
    )

    def __init__(self, *expressions: Any) -> None:
        super().__init__(*expressions, output_field=TextField())
