"""Tables as files that a spreadsheet opens without carrying out what they hold."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence

_NUMBER = re.compile(r"-?\d+(\.\d+)?")
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n")
"""What a spreadsheet takes for a formula (OWASP, CSV injection)."""


def csv_text(rows: Iterable[Sequence[object]]) -> str:
    """RFC 4180: CRLF, every cell quoted. A text that a spreadsheet would compute gets a quote
    in front; numbers stay numbers."""
    return "".join(csv_lines(rows))


def csv_lines(rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """The same line by line, for what is too long to be held."""
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    for row in rows:
        writer.writerow([_safe(cell) for cell in row])
        yield out.getvalue()
        out.seek(0)
        out.truncate()


def _safe(cell: object) -> str:
    text = "" if cell is None else str(cell)
    if text.startswith(_DANGEROUS) and not _NUMBER.fullmatch(text):
        return f"'{text}"
    return text
