"""The order form as a browser holds it: what stands in it, and what it would send."""

from html.parser import HTMLParser

Attributes = list[tuple[str, str | None]]


class _Reader(HTMLParser):
    """Collects the fields of every form of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[dict[str, str]] = [{}]
        self._select = ""

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        given = dict(attrs)
        name, value = given.get("name") or "", given.get("value") or ""
        if tag == "form":
            self.forms.append({})
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select:
            self._option(value, "selected" in given)
        elif tag == "input" and name and self._counts(given):
            self.forms[-1][name] = value or ("on" if given.get("type") == "checkbox" else "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.forms.append({})
        if tag == "select":
            self._select = ""

    def _option(self, value: str, selected: bool) -> None:
        if selected or self._select not in self.forms[-1]:
            self.forms[-1][self._select] = value

    def _counts(self, given: dict[str, str | None]) -> bool:
        return given.get("type") not in ("checkbox", "radio") or "checked" in given


def fields_of(html: str) -> dict[str, str]:
    """What the order form of this page would send, its buttons left out."""
    reader = _Reader()
    reader.feed(html)
    return next(form for form in reader.forms if "form_key" in form)


def error_beside(html: str, field: str) -> str:
    """The text in the box of errors to which a field refers; empty when there is none."""
    box = f'id="id_{field}_error"'
    if box not in html or f"id_{field}_error" not in html.replace(box, ""):
        return ""
    inner = html.split(box, 1)[1].split("</div>", 1)[0]
    return inner.rsplit("<span>", 1)[1].split("</span>", 1)[0]
