"""HTML as a PDF. The renderer opens no file and no address: it gets what is handed to it."""

import io
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import plutoprint
from django.contrib.staticfiles import finders

PLACE: Final = "portal://"
"""Addresses of what is handed over; all others are empty."""
FONTS: Final = "fonts/"
Files = Mapping[str, tuple[bytes, str]]
"""Content and type by the name after `portal://`."""
_NOTHING: Final = plutoprint.ResourceData(b"", "text/plain", "")


@dataclass(frozen=True)
class Facts:
    """What the file says of itself."""

    title: str
    author: str


class Handed(plutoprint.ResourceFetcher):
    """Fonts of ours and the files that were handed over."""

    def __init__(self, files: Files) -> None:
        super().__init__()
        self.files = files
        self.refused: list[str] = []

    def fetch_url(self, url: str) -> plutoprint.ResourceData:
        """Never raises: the renderer would go on without a word of it."""
        name = url.removeprefix(PLACE)
        if url.startswith(f"{PLACE}{FONTS}"):
            return plutoprint.ResourceData(_font(name.removeprefix(FONTS)), "font/woff2", "")
        if url.startswith(PLACE) and name in self.files:
            content, content_type = self.files[name]
            return plutoprint.ResourceData(content, content_type, "")
        self.refused.append(url)
        return _NOTHING


def pdf_of(html: str, facts: Facts, files: Files) -> bytes:
    """A4; margins and what stands in them are its own style sheet's."""
    book = plutoprint.Book(plutoprint.PAGE_SIZE_A4, plutoprint.PAGE_MARGINS_NONE)
    book.custom_resource_fetcher = Handed(files)
    book.load_html(html)
    book.set_metadata(plutoprint.PDF_METADATA_TITLE, facts.title)
    book.set_metadata(plutoprint.PDF_METADATA_AUTHOR, facts.author)
    out = io.BytesIO()
    book.write_to_pdf_stream(out)
    return out.getvalue()


@cache
def _font(name: str) -> bytes:
    """One of ours. Raises KeyError for another."""
    return Path(_FILES[name]).read_bytes()


@dataclass(frozen=True)
class Face:
    """A font file and the letters that are looked for in it."""

    file: str
    weight: int
    letters: str


_LETTERS: Final = {
    "latin": "U+0000-00FF,U+0131,U+0152-0153,U+02BB-02BC,U+02C6,U+02DA,U+02DC,U+2000-206F,U+20AC,"
    "U+2122,U+2191,U+2193,U+2212",
    "latin-ext": "U+0100-02BA,U+1E00-1E9F,U+20A0-20AB,U+20AD-20C0",
    "greek": "U+0370-03FF",
    "cyrillic": "U+0400-045F,U+0490-0491,U+2116",
}
FACES: Final = [
    Face(f"ibm-plex-sans-{letters}-{weight}-normal.woff2", weight, span)
    for letters, span in _LETTERS.items()
    for weight in (400, 600)
]
_FILES: Final = {face.file: str(finders.find(f"portal/fonts/{face.file}")) for face in FACES}
