"""The file of several customers: what its columns are, and reading one. Pure: no database."""

import csv
import io
from dataclasses import dataclass, field
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.refusals import Impossible

CUSTOMER: Final = (
    "company", "first_name", "last_name", "email", "phone", "address", "address2", "postal_code",
    "city", "region", "country", "language", "registration_number", "subdomain", "mpn_id",
    "agreement_first_name", "agreement_last_name", "agreement_email", "agreement_phone",
    "agreed_date",
)  # fmt: skip
LINE: Final = ("licence", "term", "billing_cycle", "quantity")
COLUMNS: Final = ("reference", *CUSTOMER, *LINE)
OPTIONAL: Final = (
    "reference", "address2", "region", "language", "registration_number", "subdomain",
    "agreement_phone", "mpn_id",
)  # fmt: skip
EXPLAINED: Final = {
    "reference": gettext_lazy("The same on several lines: licences of one customer."),
    "country": gettext_lazy("Two letters, e.g. FR."),
    "language": gettext_lazy("Of the mails to the customer: fr or en."),
    "subdomain": gettext_lazy("Before .onmicrosoft.com; empty: a free one is made."),
    "mpn_id": gettext_lazy("Empty: your first valid one."),
    "agreed_date": gettext_lazy("When the customer accepted Microsoft's agreement: 2026-01-31."),
    "licence": gettext_lazy("Its name as in the order form, or product:sku."),
    "term": "P1M, P1Y, P3Y",
    "billing_cycle": "Monthly, Annual, Triennial",
}
MOST: Final = 200
"""Lines of a file."""
GUARDED: Final = ("'=", "'+", "'-", "'@")
"""How our own files keep a spreadsheet from computing a text."""


@dataclass
class Customer:
    """One order to be: the cells of its lines, the first one holds the customer."""

    number: int
    """Of its first line in the file; the header is line 1."""
    lines: list[dict[str, str]] = field(default_factory=list)


def read(content: bytes) -> list[Customer]:
    """The customers of a file. Raises Impossible when it is no such file at all."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Impossible(_("Save the file as CSV in UTF-8."), field="file") from error
    head = text.partition("\n")[0]
    delimiter = ";" if head.count(";") > head.count(",") else ","
    try:
        rows = list(csv.reader(io.StringIO(text), delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise Impossible(_("This is no CSV file."), field="file") from error
    names = [name.strip().lower() for name in rows[0]] if rows else []
    _check_head(names)
    filled = [(n, row) for n, row in enumerate(rows[1:], 2) if any(cell.strip() for cell in row)]
    if not filled:
        raise Impossible(_("There is no line below the header."), field="file")
    if len(filled) > MOST:
        text = _("At most %(most)s lines in one file.")
        raise Impossible(text % {"most": MOST}, field="file")
    return _grouped(names, filled)


def _check_head(names: list[str]) -> None:
    missing = [name for name in COLUMNS if name not in names and name not in OPTIONAL]
    if missing:
        text = _("These columns are missing: %(names)s.")
        raise Impossible(text % {"names": ", ".join(missing)}, field="file")


def _grouped(names: list[str], rows: list[tuple[int, list[str]]]) -> list[Customer]:
    found: list[Customer] = []
    by_reference: dict[str, Customer] = {}
    for number, row in rows:
        given = dict(zip(names, row, strict=False))
        cells = {name: _cell(given.get(name, "")) for name in COLUMNS}
        customer = by_reference.get(cells["reference"])
        if customer is None:
            customer = Customer(number)
            found.append(customer)
            if cells["reference"]:
                by_reference[cells["reference"]] = customer
        customer.lines.append(cells)
    return found


def _cell(text: str) -> str:
    text = text.strip()[:1000]
    return text[1:] if text.startswith(GUARDED) else text


def contradiction(lines: list[dict[str, str]]) -> str:
    """The column in which a later line names another customer; empty when none does."""
    first = lines[0]
    differing = (
        name for line in lines[1:] for name in CUSTOMER if line[name] not in ("", first[name])
    )
    return next(differing, "")
