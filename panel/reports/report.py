"""What a report is made of: columns and totals as data, rows through the doors of their rooms."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet

from accounts.access import Actor
from common.templatetags.values import money
from panel.lists.listing import Column
from panel.reports.parameters import Asked, Parameters

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

CHUNK = 1000


@dataclass(frozen=True)
class Item(Column[Any]):
    """A column; `words` is what a person reads, without links: also on paper."""

    words: Callable[[Any], object] | None = None
    is_wide: bool = False
    """On paper it gets what room is left."""

    @property
    def on_paper(self) -> str:
        """Its class in the style sheet."""
        return "num" if self.is_number else "wide" if self.is_wide else ""

    def read(self, row: Any) -> object:
        """For paper, and for the page where no `cell` says otherwise."""
        return self.words(row) if self.words else self.written(row)

    def shown(self, row: Any) -> object:
        return self.cell(row) if self.cell else self.read(row)


@dataclass(frozen=True)
class Totals:
    """A small table beneath the rows; the first cell of a row names it."""

    title: "StrOrPromise"
    heads: Sequence["StrOrPromise"]
    rows: Sequence[Sequence[object]]
    """The last cells are numbers, the first is not."""
    sums: Sequence[Sequence[object]] = ()
    """Of all rows."""


def _none(_actor: Actor, _asked: Asked) -> list[Any]:
    return []


def _as_they_are(_actor: Actor, rows: list[Any]) -> list[Any]:
    return rows


def _by_tenant(rows: QuerySet[Any]) -> Iterable[int | None]:
    return rows.values_list("tenant_id", flat=True).distinct()


@dataclass(frozen=True)
class Report:
    """One report. Everything it shows goes through the doors of `access` modules."""

    name: str
    title: "StrOrPromise"
    lead: "StrOrPromise"
    icon: str
    rows: Callable[[Actor, Asked], QuerySet[Any]]
    columns: tuple[Item, ...]
    parameters: type[Parameters]
    empty: "StrOrPromise"
    """What is said where there are no rows."""
    totals: Callable[[Actor, Asked], list[Totals]] = _none
    notes: Callable[[Actor, Asked], list[str]] = _none
    """Sentences without which the figures would be read wrongly."""
    dressed: Callable[[Actor, list[Any]], list[Any]] = _as_they_are
    """What the columns read, for a page of rows: with what lies in other rooms beside it."""
    about: Callable[[QuerySet[Any]], Iterable[int | None]] = _by_tenant
    """The services that rows are about; none where they are about the whole account."""

    def all_rows(self, actor: Actor, asked: Asked) -> Iterator[Any]:
        """In chunks: a hundred thousand rows take no more memory than a thousand."""
        chunk: list[Any] = []
        for row in self.rows(actor, asked).iterator(chunk_size=CHUNK):
            chunk.append(row)
            if len(chunk) == CHUNK:
                yield from self.dressed(actor, chunk)
                chunk = []
        yield from self.dressed(actor, chunk)

    def tenants(self, actor: Actor, asked: Asked) -> set[int]:
        """The services its rows are about."""
        return {pk for pk in self.about(self.rows(actor, asked).order_by()) if pk is not None}


def amount(
    name: str,
    label: "StrOrPromise",
    of: Callable[[Any], Decimal | None],
    currency: Callable[[Any], str] = lambda row: row.currency,
) -> Item:
    """A column of money."""
    return Item(name, label, of, words=lambda row: money(of(row), currency(row)), is_number=True)


def number(name: str, label: "StrOrPromise", of: Callable[[Any], int | None]) -> Item:
    """A column of whole numbers; nothing where nobody has counted."""
    return Item(name, label, of, is_number=True)
