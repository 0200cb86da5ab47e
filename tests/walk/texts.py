"""What a person reads of a page: its texts, and the attributes that are shown or read out."""

from collections.abc import Iterator
from html.parser import HTMLParser

from tests.walk.pseudo import CLOSE, OPEN

READ = {
    "alt", "aria-description", "aria-label", "data-announce", "data-copied", "data-hours",
    "data-label", "data-minutes", "data-seconds", "label", "placeholder", "title",
}  # fmt: skip
VERBATIM = {"code", "kbd", "pre", "samp", "script", "style", "textarea"}
"""What stands in them is data: ids, commands, what was typed."""
EMPTY = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "use", "wbr"}


class Texts(HTMLParser):
    """Collects `(where, text)` outside of marks; a mark may open and close in two elements."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []
        self._inside: list[str] = []
        self._depth = 0
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        for name in READ & set(given):
            self._keep(f"{tag}@{name}", _outside(given[name], 0)[0])
        if tag == "input" and given.get("type") in ("submit", "button", "reset"):
            self._keep("input@value", _outside(given.get("value", ""), 0)[0])
        if tag not in EMPTY:
            data = tag in VERBATIM or "mono" in given.get("class", "").split()
            self._inside.append(f"{tag}!" if data or given.get("translate") == "no" else tag)

    def handle_endtag(self, tag: str) -> None:
        while self._inside and self._inside.pop().rstrip("!") != tag:
            pass

    def handle_data(self, data: str) -> None:
        plain, self._depth = _outside(data, self._depth)
        if not any(tag.endswith("!") for tag in self._inside):
            self._keep(">".join(self._inside[-3:]), plain)

    def _keep(self, where: str, text: str) -> None:
        if text.strip():
            self.found.append((where, " ".join(text.split())))


def _outside(text: str, depth: int) -> tuple[str, int]:
    """The characters outside of marks, and how deep the text ends in them."""
    kept = []
    for char in text:
        if char == OPEN:
            depth += 1
        elif char == CLOSE:
            depth = max(0, depth - 1)
            kept.append(" ")
        elif depth == 0:
            kept.append(char)
    return "".join(kept), depth


def unmarked(page: str) -> Iterator[tuple[str, str]]:
    yield from Texts(page).found
