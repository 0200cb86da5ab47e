"""PDFs: all letters without a font on the machine, nothing fetched, no endless ones."""

import os
import re
import subprocess
import sys
import zlib
from pathlib import Path

import plutoprint
import pytest

from accounts.models import Account
from accounts.services import keep_logo
from panel.reports import files, paper
from panel.reports.paper import FACES, Handed
from subscriptions.models import Subscription
from tenants.models import Tenant
from tests.panel.lists.conftest import stock
from tests.panel.reports.pictures import png
from tests.people import People

THIN, HARD = "\N{NARROW NO-BREAK SPACE}", "\N{NO-BREAK SPACE}"
LETTERS = f"Office (fi, ffl) Boulangerie d’Été œuvre à Łódź 1{THIN}234,50{HARD}€ Ελλάδα Привет"
BARE = '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig></fontconfig>'


def streams(pdf: bytes) -> list[bytes]:
    """What a PDF holds, unpacked."""
    found = []
    for body in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL):
        try:
            found.append(zlib.decompress(body))
        except zlib.error:
            found.append(body)
    return found


def letters_of(pdf: bytes) -> set[str]:
    """Every letter that its fonts are said to show (ToUnicode, ISO 32000-1 §9.10.3)."""
    letters = set()
    for cmap in (part for part in streams(pdf) if b"begincmap" in part):
        for line in cmap.split(b"endcodespacerange")[1].splitlines():
            codes = [bytes.fromhex(code.decode()) for code in re.findall(rb"<([0-9a-f]+)>", line)]
            if len(codes) == 2:
                letters |= set(codes[1].decode("utf-16-be"))
            elif len(codes) == 3 and b"[" not in line:
                first, last, letter = (int.from_bytes(code) for code in codes)
                letters |= {chr(letter + count) for count in range(last - first + 1)}
            elif codes:
                letters |= {letter for code in codes[2:] for letter in code.decode("utf-16-be")}
    return letters


def test_a_machine_without_fonts_writes_every_letter(tmp_path: Path) -> None:
    (tmp_path / "fonts.conf").write_text(BARE)
    source = (
        "import django, sys; django.setup();"
        "from panel.reports.paper import FACES, Facts, pdf_of;"
        "from django.template.loader import render_to_string;"
        "css = render_to_string('panel/reports/paper.css', {'faces': FACES, 'feet': {}});"
        "html = '<link rel=stylesheet href=\"portal://paper.css\"><b>x</b>' + sys.argv[1];"
        "out = pdf_of(html, Facts('t', 'a'), {'paper.css': (css.encode(), 'text/css')});"
        "sys.stdout.buffer.write(out)"
    )
    environment = {**os.environ, "FONTCONFIG_FILE": str(tmp_path / "fonts.conf")}
    done = subprocess.run(
        [sys.executable, "-c", source, LETTERS], env=environment, capture_output=True, check=True
    )
    missing = set(LETTERS) - letters_of(done.stdout) - {" ", THIN, HARD}
    assert b"IBMPlexSans" in done.stdout and not missing


def test_it_opens_no_address_and_no_file(capfd: pytest.CaptureFixture[str]) -> None:
    fetcher = Handed({"logo": (png(3, 3), "image/png")})
    book = plutoprint.Book(plutoprint.PAGE_SIZE_A4)
    book.custom_resource_fetcher = fetcher
    wrong = ["http://127.0.0.1:9/x.png", "file:///etc/passwd", "portal://other", "ftp://x.test/y"]
    book.load_html("".join(f'<img src="{url}">' for url in [*wrong, "portal://logo"]))
    assert book.get_page_count() == 1
    assert fetcher.refused == wrong
    assert b"root:" not in bytes(fetcher.fetch_url("file:///etc/passwd").get_content())
    capfd.readouterr()


def test_whole_with_logo_title_pages_and_heads(
    people: People, shop: list[Subscription], monkeypatch: pytest.MonkeyPatch
) -> None:
    stock(people.northwind, 40)
    evil = '"} body{display:none} </style><img src=http://127.0.0.1:9/>'
    Account.objects.filter(pk=people.northwind.account.pk).update(name=evil)
    Tenant.objects.filter(pk=shop[0].tenant_id).update(display_name=f"{LETTERS}<b>x</b>")
    keep_logo(account=people.northwind.account, content=png(60, 20), by=people.user("owner").by)
    made: list[Handed] = []
    monkeypatch.setattr(paper, "Handed", lambda given: made.append(Handed(given)) or made[-1])
    answer = people.viewer.get("/reports/licences/pdf/")
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")
    assert len(re.findall(rb"/Type /Page\b", b"".join(streams(answer.content)))) == 3
    assert set("BoulangerieŁódźΕλλάδαПривет<>") <= letters_of(answer.content)
    assert b"/Subtype /Image" in b"".join(streams(answer.content)) + answer.content
    assert made[0].refused == []
    assert {face.file for face in FACES} == {Path(str(name)).name for name in paper._FILES.values()}


def test_too_long_for_paper(
    people: People, shop: list[Subscription], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "LONGEST", 2)
    page = people.viewer.get("/reports/licences/pdf/", follow=True)
    assert "This report has 3 rows, too many for a PDF." in page.content.decode()
    assert people.viewer.get("/reports/licences/csv/").status_code == 200
