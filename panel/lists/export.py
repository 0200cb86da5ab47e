"""Whole lists as files, streamed: a hundred thousand rows take no more memory than ten."""

import json
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from decimal import Decimal
from itertools import islice
from typing import Any

from django.db.models import QuerySet
from django.utils import translation

from common.spreadsheet import csv_lines
from panel.lists.listing import Column, Row

BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"
"""Spreadsheets take a file without it for their own code page."""
CHUNK = 2000
PIECE = 200

Columns = Iterable[Column[Any]]


def as_csv(rows: Iterable[Row], columns: Columns) -> Iterator[str]:
    """CSV in the reader's language; cells that a spreadsheet would compute are made texts."""
    language = translation.get_language()
    kept = _facts(columns)
    heads = [str(column.label) for column in kept]
    lines = ([plain(column.written(row)) for column in kept] for row in _each(rows))

    def parts() -> Iterator[str]:
        yield BOM
        yield from csv_lines([heads])
        with translation.override(language):  # the page's own has ended when this is sent
            yield from csv_lines(lines)

    return _gathered(parts())


def as_json(rows: Iterable[Row], columns: Columns) -> Iterator[str]:
    """A JSON array of objects: the portal's own words, identifiers and amounts as strings."""
    kept = _facts(columns)

    def parts() -> Iterator[str]:
        yield "["
        gap = "\n"
        for row in _each(rows):
            cells = {column.name: plain(column.value(row)) for column in kept}
            yield gap + json.dumps(cells, ensure_ascii=False)
            gap = ",\n"
        yield "\n]\n"

    return _gathered(parts())


def _facts(columns: Columns) -> list[Column[Any]]:
    return [column for column in columns if not column.is_deed]


def _each(rows: Iterable[Row]) -> Iterator[Row]:
    return rows.iterator(chunk_size=CHUNK) if isinstance(rows, QuerySet) else iter(rows)


def _gathered(parts: Iterator[str]) -> Iterator[str]:
    """Fewer, larger pieces: each one is a message to the browser."""
    while piece := "".join(islice(parts, PIECE)):
        yield piece


def plain(value: object) -> object:
    """Times as ISO 8601 in UTC, amounts as text (a float would lose cents), JSON as it is."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    if value is None or isinstance(value, int | dict | list):
        return value
    return str(value) if not isinstance(value, Decimal) else f"{value:f}"
