"""The words of the table."""

from dataclasses import dataclass
from enum import StrEnum


class Family(StrEnum):
    """Who acts next."""

    BUSY = "busy"
    """The machine: the same request later."""
    DONE = "done"
    """Nobody: it is so already."""
    DATA = "data"
    """The reseller or the customer changes something."""
    MISSING = "missing"
    """What was named does not exist (any more)."""
    OPERATOR = "operator"
    """The provider: programme, credit, rights, application."""
    UNKNOWN = "unknown"
    """Microsoft's own failure: nobody knows what was done."""
    ELSEWHERE = "elsewhere"
    """About Azure, transfers, migrations or software, which this portal does not sell."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """One cause that Microsoft names with one or several codes."""

    family: Family
    codes: str
    """Separated by blanks."""
    text: str
    """A sentence for people, a message id."""
    field: str = ""
    """The form field it is shown beside."""
    where: str = ""
    """Part of the call's path, for codes that mean different things in different places."""
