"""What of an admin page somebody would have to translate."""

import re
from collections.abc import Iterable

from subscriptions.models import Licence, Plan
from tests.walk.data import NAMES, has_words
from tests.walk.pseudo import OPEN, Marked
from tests.walk.test_untranslated import english

DATA = re.compile(
    r"^[\[{].*[\]}]$"  # JSON, as it is kept
    r"|\b[a-z_]+:[\w.@:-]+"  # a subject of the journal
    r"|\b\w*-[\da-f-]+\b|\brp_[\w-]+"  # an id
    r"|\b(?:eu|us|ovh|portal)\b"  # a name in the settings, a part of the portal
)
AS_KEPT = {"a", "a ticket, 12", "All", "Claire", "Dubois", "key", "tests"}
"""Whole texts that are names of this world's rows."""
DJANGOS = {("img@alt", "True"), ("img@alt", "False"), ("img@alt", "None")}
"""Of its icons for yes, no and unknown, which it does not translate."""


def english_of(html: str, names: Iterable[str] = ()) -> set[tuple[str, str]]:
    """Where on the page, and which words; `names` are Microsoft's own."""
    found = set()
    for where, text in english(html) - DJANGOS:
        bare = DATA.sub(" ", text)
        for name in (*names, *NAMES):
            bare = bare.replace(name, " ")
        if bare.strip("… ›|") not in AS_KEPT and has_words(bare):
            found.add((where, text))
    return found


def catalogue() -> list[str]:
    """Microsoft's names and descriptions of what it sells, long ones first."""
    texts = {
        *Licence.objects.values_list("name", flat=True),
        *Licence.objects.values_list("description", flat=True),
        *Plan.objects.values_list("description", flat=True),
    }
    return sorted(texts - {""}, key=len, reverse=True)


def untranslated(marks: Marked) -> set[str]:
    """What the pages asked for and the catalogue does not have."""
    return {text for text in marks.unknown if OPEN not in text}
