"""A form as a browser sends it: all its fields with what stands in them."""

from html.parser import HTMLParser


class Form(HTMLParser):
    """Reads the fields of every form of a page into `values`; later ones of a name win."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.values: dict[str, str] = {}
        self._select = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        name = given.get("name") or ""
        if tag == "select":
            self._select = name
        elif tag == "option" and self._select:
            if "selected" in given or self._select not in self.values:
                self.values[self._select] = given.get("value") or ""
        elif tag == "input" and name:
            self._input(name, given)

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self._select = ""

    def _input(self, name: str, given: dict[str, str | None]) -> None:
        kind = given.get("type", "text")
        if kind not in ("checkbox", "radio", "submit") or "checked" in given:
            self.values[name] = given.get("value") or ""
