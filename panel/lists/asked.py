"""What the address asks of a list; what is not understood is left out, with a sentence."""

from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from panel.lists.listing import Column, Listing

PAGE_SIZES = (10, 25, 50, 100)
USUAL_SIZE = 25


@dataclass
class Asked:
    """Order, columns and page size, and a sentence for each that was not understood."""

    sort: str
    columns: list[Column[Any]]
    page_size: int
    notes: list[str] = field(default_factory=list)

    @property
    def column_names(self) -> set[str]:
        return {column.name for column in self.columns}

    def direction(self, column: Column[Any]) -> str:
        """As `aria-sort` calls it; empty when the list is not sorted by this column."""
        if self.sort.removeprefix("-") != column.name:
            return ""
        return "descending" if self.sort.startswith("-") else "ascending"


def read(listing: Listing[Any], query: QueryDict) -> Asked:
    """The query of a list's address, without its filters."""
    asked = Asked(listing.first_sort, listing.usual, USUAL_SIZE)
    sort = query.get("sort", "")
    if sort and listing.sortable(sort):
        asked.sort = sort
    elif sort:
        text = _("The list cannot be sorted by “%(value)s”; it is in its usual order.")
        asked.notes.append(text % {"value": sort})
    _read_columns(listing, query, asked)
    size = query.get("page_size", "")
    if size in map(str, PAGE_SIZES):
        asked.page_size = int(size)
    elif size:
        text = _("Pages of “%(value)s” rows are not offered; here are %(usual)s.")
        asked.notes.append(text % {"value": size, "usual": USUAL_SIZE})
    return asked


def kept_query(listing: Listing[Any], query: QueryDict) -> str:
    """What a saved view keeps: all that the list knows and that is set, but not the page."""
    names = ["sort", "columns", "page_size", *listing.filters.base_fields]
    kept = QueryDict(mutable=True)
    for name in names:
        values = [value for value in query.getlist(name) if value]
        if values:
            kept.setlist(name, values)
    return kept.urlencode()


def without_filters(listing: Listing[Any], query: QueryDict) -> QueryDict:
    """The rest of the query: where *clear the filters* leads."""
    rest = query.copy()
    for name in ["page", *listing.filters.base_fields]:
        rest.pop(name, None)
    return rest


def _read_columns(listing: Listing[Any], query: QueryDict, asked: Asked) -> None:
    """`?columns=a,b` or `?columns=a&columns=b`."""
    names = [name for part in query.getlist("columns") for name in part.split(",") if name]
    known = {column.name for column in listing.columns}
    unknown = [name for name in names if name not in known]
    if unknown:
        text = _("This list has no column “%(value)s”.")
        asked.notes.append(text % {"value": "”, “".join(unknown)})
    if set(names) & known:
        first, *rest = listing.columns
        asked.columns = [first, *(column for column in rest if column.name in names)]
