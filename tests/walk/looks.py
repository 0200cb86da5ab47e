"""A page in a real browser: what is wrong with it in each look."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe

from tests.people import People
from tests.walk.pages import Page

LOOKS = [(1440, "light"), (390, "light"), (390, "dark"), (1440, "dark")]
RULES = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]
OF_COLOUR = ["color-contrast", "link-in-text-block"]
"""A dark page is the light one in other colours: at each width the others are asked once."""
AXE = """(rules) => axe.run(document, {runOnly: rules, resultTypes: ['violations'], preload: false})
    .then((found) => found.violations.map((rule) => rule.id + ' ' + rule.nodes[0].target))"""
FRAME = """() => ({
    wide: document.documentElement.scrollWidth - innerWidth,
    lang: document.documentElement.lang,
    headings: document.querySelectorAll('h1').length,
})"""
# For pages that must stand still (`test_budget.py`). Elsewhere a busy machine paints a table before
# it has read all rows, and its columns move. Less than 0.002 is a fraction of a line.
WATCH = """window.moved = [];
new PerformanceObserver((list) => {
    for (const entry of list.getEntries().filter((one) => one.value > 0.002 && !one.hadRecentInput))
        for (const { node } of entry.sources)
            window.moved.push(node?.outerHTML?.slice(0, 80) ?? '?');
}).observe({type: 'layout-shift', buffered: true});"""
REFUSED = "Failed to load resource: the server responded with a status of 40"


@dataclass
class Window:
    """A browser window of one person in one language; it notes what the console says."""

    page: Any
    base: str
    language: str
    noted: list[str] = field(default_factory=list)

    def open(self, page: Page, looks: Sequence[tuple[int, str]] = LOOKS) -> list[str]:
        """Everything that is wrong with the page, in each look."""
        self.noted.clear()
        self._look(*looks[0])
        self.page.goto(self.base + page.url)
        self.page.evaluate(Axe().axe_script)
        wrong = [*self._frame(), *self.noted]
        seen: list[tuple[int, str]] = []
        for width, scheme in looks:
            self._look(width, scheme)
            rules = OF_COLOUR if (width, "light") in seen else RULES
            seen.append((width, scheme))
            wrong += [f"{width} {scheme}: {each}" for each in self._of_look(rules)]
        return [f"{page.who} {page.url} {each}" for each in wrong]

    def _look(self, width: int, scheme: str) -> None:
        self.page.set_viewport_size({"width": width, "height": 900})
        self.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")

    def _frame(self) -> Iterator[str]:
        facts = self.page.evaluate(FRAME)
        if facts["lang"] != self.language:
            yield f"is in {facts['lang']!r}"
        if facts["headings"] != 1:
            yield f"has {facts['headings']} main headings"

    def _of_look(self, rules: list[str]) -> Iterator[str]:
        wide = self.page.evaluate(FRAME)["wide"]
        if wide > 0:
            yield f"is {wide} px wider than the screen"
        yield from self.page.evaluate(AXE, rules)


def windows(
    browser: Any, people: People, pages: list[Page], base: str, language: str
) -> Iterator[tuple[Window, list[Page]]]:
    """A window for each person, with the pages that are theirs."""
    for who in dict.fromkeys(page.who for page in pages):
        context = browser.new_context()
        cookies = {"django_language": language}
        if who != "nobody":
            cookies["sessionid"] = people.client(who).cookies["sessionid"].value
        context.add_cookies(
            [{"name": name, "value": value, "url": base} for name, value in cookies.items()]
        )
        window = Window(context.new_page(), base, language)
        listen(window)
        yield window, [page for page in pages if page.who == who]
        context.close()


def listen(window: Window) -> None:
    """Errors of scripts, refusals by the policy, requests to other hosts."""
    here = urlsplit(window.base).netloc

    def said(message: Any) -> None:
        if message.type == "error" and not message.text.startswith(REFUSED):
            window.noted.append(f"console: {message.text}")

    def asked(request: Any) -> None:
        if urlsplit(request.url).netloc not in ("", here):
            window.noted.append(f"asks {request.url}")

    window.page.on("console", said)
    window.page.on("pageerror", lambda error: window.noted.append(f"script: {error}"))
    window.page.on("request", asked)
