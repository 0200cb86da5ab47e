"""What can be done with many rows of a list."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms

from accounts.access import Actor
from accounts.models import Role
from journal.models import Operation

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

Seen = tuple[Decimal, Decimal | None] | None
"""The money that was shown: now, and per period afterwards."""


@dataclass(frozen=True)
class Outlook:
    """What will happen to one row."""

    text: str
    wish: dict[str, Any] = field(default_factory=dict)
    """What is to be asked for it when the person says yes."""
    amount_now: Decimal | None = None
    period_after: Decimal | None = None
    currency: str = ""
    refundable_until: datetime | None = None
    """What is bought now can be given back until then."""
    impossible_until: date | None = None
    """Then it is impossible until this day."""
    changes_nothing: bool = False


@dataclass(frozen=True)
class Asked:
    """What was asked for one row: an operation, or it is done at once; neither: is so already."""

    operation: Operation | None = None
    is_done: bool = False


@dataclass(frozen=True)
class Action:
    """One deed for many rows; each is looked at and asked for as on its own page."""

    name: str
    label: "StrOrPromise"
    icon: str
    need: Role
    find: Callable[[Actor, int], Any]
    """The row through its room's door. Raises Http404 and PermissionDenied."""
    look: Callable[[Any, dict[str, Any]], Outlook]
    """What a wish would do to a row. Raises Impossible."""
    ask: Callable[[Actor, Any, dict[str, Any], Seen], Asked]
    """Raises Impossible."""
    name_of: Callable[[Any], tuple[str, str]]
    """Name and service."""
    page_of: Callable[[int], str]
    """Address of a row's own page, where it can be mended."""
    form: type[forms.Form] | None = None
