"""What differs between our row of a subscription and Microsoft's. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

WATCHED: Final = (
    "quantity",
    "status",
    "auto_renew",
    "end_choice",
    "term",
    "billing_cycle",
    "mpn_id",
)
"""Only people change these; dates and windows move by themselves."""

AT_RENEWAL: Final = frozenset({"quantity", "term", "billing_cycle", "end_choice", "mpn_id"})
BY_TIME: Final = frozenset({"expired", "disabled", "deleted"})


@dataclass(frozen=True, slots=True)
class Difference:
    """One member, as text for people and as it will be stored."""

    field: str
    ours: str
    theirs: str


def differences(
    ours: Mapping[str, Any], theirs: Mapping[str, Any], *, is_new_term: bool, has_ended: bool
) -> list[Difference]:
    """Members that somebody else has changed.

    `is_new_term`: a term began since we looked, so what was scheduled for it may have come true.
    `has_ended`: the term we knew is over, so a fading status is time's work.
    """
    found = [
        Difference(name, _text(ours.get(name)), _text(theirs[name]))
        for name in WATCHED
        if name in theirs and not _same(ours.get(name), theirs[name])
    ]
    left = [
        each
        for each in found
        if not _by_itself(each, is_new_term, has_ended) and not _is_default_end(each, ours)
    ]
    over = [each for each in left if each.field == "status" and each.theirs == "deleted"]
    return over or left  # with its end everything else has ended too


def _by_itself(found: Difference, is_new_term: bool, has_ended: bool) -> bool:
    if found.field == "status":
        return has_ended and found.theirs in BY_TIME
    if found.field in ("auto_renew", "end_choice") and has_ended:
        return True
    return is_new_term and found.field in AT_RENEWAL


def _is_default_end(found: Difference, ours: Mapping[str, Any]) -> bool:
    """A day after auto-renew was turned off without a choice, Microsoft chooses for us."""
    was = (found.field, found.ours, found.theirs)
    return was == ("end_choice", "", "extend") and not ours.get("auto_renew")


def _same(ours: Any, theirs: Any) -> bool:
    return bool(ours == theirs) or _text(ours).lower() == _text(theirs).lower()


def _text(value: Any) -> str:
    return "" if value is None else str(value)
