"""Microsoft's market segments."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Segment(TextChoices):
    """The words of the catalogue; unknown ones survive as text."""

    COMMERCIAL = "commercial", _("commercial")
    EDUCATION = "education", _("education")
    NONPROFIT = "nonprofit", _("nonprofit")
    GOVERNMENT = "government", _("government")


def segment_of(word: str) -> str:
    """Ours for Microsoft's word in any of its places: price sheets say Charity for nonprofit."""
    plain = word.strip().lower()
    return Segment.NONPROFIT.value if plain == "charity" else plain
