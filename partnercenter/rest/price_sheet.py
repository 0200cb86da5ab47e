"""The licence price sheet: a CSV of tens of megabytes, at times inside a zip."""

import csv
import io
import tempfile
import zipfile
from collections.abc import Iterator
from typing import IO
from urllib.parse import quote

from partnercenter.request import Request
from partnercenter.rest.calls import with_query
from partnercenter.rest.session import Session, translated
from partnercenter.types import PriceRow

_IN_MEMORY = 4 * 1024 * 1024  # bytes kept in memory before a temporary file is used


def price_rows(
    session: Session, *, market: str, timeline: str, month: str = ""
) -> Iterator[PriceRow]:
    """The rows of one market's sheet (ISO 3166-1 alpha-2).

    The whole sheet is fetched before the first row: a broken connection gives no half of it.
    """
    sheet = f"Market='{quote(market, safe='')}',PricesheetView='updatedlicensebased'"
    request = Request(
        method="GET",
        path=with_query(f"/v1.0/sales/pricesheets({sheet})/$value", timeline=timeline, month=month),
        service="prices",
        acts_as="app",
        is_read=True,
    )
    with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY) as kept:
        with session.stream(request) as response, translated(request):
            for piece in response.iter_bytes():
                kept.write(piece)
        kept.seek(0)
        with _unpacked(kept) as plain:
            text = io.TextIOWrapper(plain, encoding="utf-8-sig", newline="")
            yield from (PriceRow.parse(row) for row in csv.DictReader(text))


def _unpacked(kept: IO[bytes]) -> IO[bytes]:
    is_zip = kept.read(2) == b"PK"
    kept.seek(0)
    if not is_zip:
        return kept
    archive = zipfile.ZipFile(kept)
    return archive.open(archive.namelist()[0])
