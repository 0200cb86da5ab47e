"""What a list is made of: columns as data, filters, and the words for having nothing."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Generic, Self, TypeVar

from django.db.models import F, Model, QuerySet

from accounts.access import Actor
from accounts.models import Role
from panel.lists.filters import Filters

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True)
class Column(Generic[Row]):
    """One column; `value` is for programs, `text` for people, `cell` for the page."""

    name: str
    label: "StrOrPromise"
    value: Callable[[Any], object]
    text: Callable[[Any], object] | None = None
    cell: Callable[[Any], object] | None = None
    sort: str = ""
    """The field to sort by; empty: not by this column."""
    has_gaps: bool = False
    """Some rows have nothing to sort by: they come last, either way."""
    is_number: bool = False
    is_usual: bool = True
    """Shown unless other columns are chosen."""
    need: Role = Role.VIEWER
    """There is no such column for a lower role."""
    is_deed: bool = False
    """Leads to something that can be done: on the page, never in a file."""

    def written(self, row: Row) -> object:
        """For a spreadsheet."""
        return self.text(row) if self.text else self.value(row)

    def shown(self, row: Row) -> object:
        """For the page."""
        return self.cell(row) if self.cell else self.written(row)


@dataclass(frozen=True)
class Empty:
    """What stands where the first row will: what this is, and the way to it."""

    icon: str
    title: "StrOrPromise"
    text: "StrOrPromise"
    to: str
    label: "StrOrPromise"


@dataclass(frozen=True)
class Listing(Generic[Row]):
    """One list. The first column names the row and is always shown."""

    name: str
    title: "StrOrPromise"
    lead: "StrOrPromise"
    rows: Callable[[Actor], QuerySet[Row]]
    columns: tuple[Column[Row], ...]
    filters: type[Filters]
    first_sort: str
    """Empty: newest first, read on from row to row and not by page number."""
    empty: Empty
    need: Role = Role.VIEWER

    @property
    def url_name(self) -> str:
        return f"panel:{self.name}"

    @property
    def is_endless(self) -> bool:
        """Too many rows to be numbered: `panel.lists.stretch`."""
        return not self.first_sort

    def seen_by(self, actor: Actor) -> Self:
        """With the columns of this person. Raises PermissionDenied where the role falls short."""
        actor.need(self.need)
        return replace(self, columns=tuple(one for one in self.columns if actor.may(one.need)))

    @property
    def usual(self) -> list[Column[Row]]:
        return [column for column in self.columns if column.is_usual]

    def sortable(self, name: str) -> Column[Row] | None:
        """The column that `?sort=name` or `?sort=-name` means."""
        wanted = name.removeprefix("-")
        return next((one for one in self.columns if one.sort and one.name == wanted), None)

    def sorted(self, rows: QuerySet[Row], sort: str) -> QuerySet[Row]:
        """In this order, equal rows by age: pages never overlap."""
        if self.is_endless:
            return rows.order_by("-pk")
        column = self.sortable(sort)
        assert column is not None
        age = "-pk" if sort.startswith("-") else "pk"
        if column.sort == "pk":
            return rows.order_by(age)
        by = F(column.sort)
        last = {"nulls_last": True} if column.has_gaps else {}
        return rows.order_by(by.desc(**last) if sort.startswith("-") else by.asc(**last), age)
