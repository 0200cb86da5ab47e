"""Microsoft's codes of terms and billing cycles in words; unknown ones stay as they are."""

from typing import Any, Final

from django.utils.translation import gettext_lazy as _

TERMS: Final = {"P1M": _("1 month"), "P1Y": _("1 year"), "P3Y": _("3 years")}
CYCLES: Final = {
    "Monthly": _("each month"),
    "Annual": _("each year"),
    "Triennial": _("once for three years"),
}


def in_words(row: Any) -> str:
    """Term and billing of a plan, price or subscription: `1 year, each month`."""
    return f"{term(row)}, {cycle(row)}"


def term(row: Any) -> str:
    return str(TERMS.get(row.term, row.term))


def cycle(row: Any) -> str:
    return str(CYCLES.get(row.billing_cycle, row.billing_cycle))
