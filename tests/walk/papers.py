"""Every report as it goes to paper: its HTML, with the rows of a world."""

from typing import Any
from unittest.mock import patch

from panel.reports import files
from panel.reports.catalogue import REPORTS
from tests.people import People


def every_paper(people: People) -> dict[str, str]:
    """By the report's name, in the language of its reader."""
    printed: list[str] = []

    def keep(html: str, *_rest: Any) -> bytes:
        printed.append(html)
        return b"%PDF-"

    with patch.object(files, "pdf_of", keep):
        for name in REPORTS:
            assert people.owner.get(f"/reports/{name}/pdf/").status_code == 200, name
    return dict(zip((f"paper {name}" for name in REPORTS), printed, strict=True))
