"""Reports as files."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final

from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.access import Actor
from accounts.models import Logo
from panel.lists.export import as_csv, as_json
from panel.reports.paper import FACES, PLACE, Facts, pdf_of
from panel.reports.parameters import Parameters
from panel.reports.report import Report

LONGEST: Final = 5000
"""Rows of a PDF: some two hundred pages. More is for spreadsheets."""
CONTENT_TYPES: Final = {
    "pdf": "application/pdf",
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
}


class TooLong(Exception):
    """It has more rows than a PDF should; `rows` of them."""

    def __init__(self, rows: int) -> None:
        super().__init__(rows)
        self.rows = rows


def name_of(report: Report, actor: Actor, parameters: Parameters, at: datetime, kind: str) -> str:
    """`licences-ab12345-ovh-2027-03-14.pdf`; a month's report carries its month."""
    month = parameters.asked.get("month")
    day = f"{month:%Y-%m}" if month else f"{localtime(at):%Y-%m-%d}"
    return f"{report.name}-{actor.account.nic_handle}-{day}.{kind}"


def content_of(
    report: Report, actor: Actor, parameters: Parameters, at: datetime, kind: str
) -> bytes:
    """The file, whole, in the active language. Raises TooLong for a PDF."""
    if kind == "pdf":
        return as_pdf(report, actor, parameters, at)
    rows = report.all_rows(actor, parameters.asked)
    write = as_csv if kind == "csv" else as_json
    return "".join(write(rows, report.columns)).encode()


def as_pdf(report: Report, actor: Actor, parameters: Parameters, at: datetime) -> bytes:
    """Raises TooLong."""
    asked = parameters.asked
    count = report.rows(actor, asked).count()
    if count > LONGEST:
        raise TooLong(count)
    logo = Logo.objects.filter(account=actor.account).first()
    context = {
        "report": report,
        "account": actor.account,
        "by": actor.user,
        "at": at,
        "parameters": parameters.words,
        "rows": _lines(report, report.all_rows(actor, asked)) if count else "",
        "totals": report.totals(actor, asked),
        "notes": report.notes(actor, asked),
        "logo": f"{PLACE}logo" if logo else "",
        "language": get_language(),
    }
    style = {"faces": FACES, "feet": _feet(report, actor, at)}
    css = render_to_string("panel/reports/paper.css", style)
    files = {"paper.css": (css.encode(), "text/css")}
    if logo:
        files["logo"] = (bytes(logo.content), logo.content_type)
    html = render_to_string("panel/reports/paper.html", context)
    return pdf_of(html, Facts(str(report.title), actor.account.name), files)


def _lines(report: Report, rows: Iterable[Any]) -> SafeString:
    """The rows of the table; in a template fifty thousand cells would take seconds."""
    return format_html_join("\n", "<tr>{}</tr>", ((_cells(report, row),) for row in rows))


def _cells(report: Report, row: Any) -> SafeString:
    cells = ((column.on_paper, column.read(row)) for column in report.columns)
    return format_html_join(
        "",
        '<td class="{}">{}</td>',
        ((kind, text if text or text == 0 else "–") for kind, text in cells),
    )


def _feet(report: Report, actor: Actor, at: datetime) -> dict[str, SafeString]:
    """What stands beneath every page."""
    day = date_format(localtime(at), "j F Y")
    left = f"{actor.account.name} · {report.title} · {day}"
    text = _("Page %(page)s of %(pages)s") % {"page": "\0page\0", "pages": "\0pages\0"}
    parts: list[Any] = text.split("\0")
    counted = [f"counter({part})" if n % 2 else _quoted(part) for n, part in enumerate(parts)]
    # A style sheet takes no entities: what was quoted for it must not be escaped again.
    return {"left": SafeString(_quoted(left)), "right": SafeString(" ".join(counted))}


def _quoted(text: str) -> str:
    """A string of a style sheet that nothing in it can end."""
    plain = "".join(c if c.isalnum() or c == " " else f"\\{ord(c):x} " for c in text)
    return f'"{plain}"'
