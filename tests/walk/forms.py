"""The forms of a page, as a browser would send them."""

from dataclasses import dataclass, field
from html.parser import HTMLParser


@dataclass
class Control:
    """An input, select or textarea. `typed`: free text, which a person can get wrong."""

    name: str
    value: str = ""
    typed: bool = False
    attrs: dict[str, str] = field(default_factory=dict)


@dataclass
class Form:
    """`controls` with what stands in them; several may have one name."""

    action: str
    method: str
    controls: list[Control] = field(default_factory=list)
    pressed: bool = False

    @property
    def typed(self) -> set[str]:
        """Names of what is typed."""
        return {each.name for each in self.controls if each.typed}

    @property
    def may_be_empty(self) -> bool:
        return not any("required" in each.attrs for each in self.controls if each.typed)

    def filled(self, text: str | None = None) -> dict[str, list[str]]:
        """What is sent; with `text` in every field that is typed."""
        sent: dict[str, list[str]] = {}
        for control in self.controls:
            value = text if text is not None and control.typed else control.value
            sent.setdefault(control.name, []).append(value)
        return sent


BUTTONS = {"submit", "button", "reset", "image"}
UNTYPED = {"hidden", "file"}


class Forms(HTMLParser):
    """All forms of a page, and the attributes of everything that has an id."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[Form] = []
        self.ids: dict[str, dict[str, str]] = {}
        self._form: Form | None = None
        self._select: Control | None = None
        self._text: Control | None = None
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if "id" in given:
            self.ids[given["id"]] = {"tag": tag, **given}
        if tag == "form":
            self._form = Form(given.get("action", ""), given.get("method", "get").lower())
            self.found.append(self._form)
        elif self._form is None:
            return
        elif tag == "input":
            self._input(given)
        elif tag == "button" and given.get("type", "submit") == "submit":
            self._button(given)
        elif tag == "textarea":
            self._text = self._keep(given, "", typed=True)
        elif tag == "select":
            self._select = self._keep(given, "", typed=False)
        elif tag == "option" and self._select and ("selected" in given or not self._select.value):
            self._select.value = given.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        elif tag == "select":
            self._select = None
        elif tag == "textarea":
            self._text = None

    def handle_data(self, data: str) -> None:
        if self._text is not None:
            self._text.value += data.removeprefix("\n")

    def _input(self, given: dict[str, str]) -> None:
        kind = given.get("type", "text")
        if kind in ("checkbox", "radio"):
            if "checked" in given:
                self._keep(given, given.get("value", "on"), typed=False)
        elif kind not in BUTTONS:
            self._keep(given, given.get("value", ""), typed=kind not in UNTYPED)

    def _button(self, given: dict[str, str]) -> None:
        """The first one is pressed."""
        if self._form and not self._form.pressed:
            self._form.pressed = True
            self._keep(given, given.get("value", ""), typed=False)

    def _keep(self, given: dict[str, str], value: str, *, typed: bool) -> Control:
        control = Control(given.get("name", ""), value, typed, given)
        if control.name and self._form and "disabled" not in given:
            self._form.controls.append(control)
        return control
