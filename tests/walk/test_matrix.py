"""Every page in a real browser: French and English, light and dark, on a desk and on a phone."""

from typing import Any

import pytest

from tests.people import People
from tests.walk.looks import LOOKS, windows
from tests.walk.pages import Page, once

pytestmark = [pytest.mark.browser, pytest.mark.full]


def test_every_page_is_accessible_and_fits_in_every_look(
    browser: Any, people: People, pages: list[Page], live_server: Any
) -> None:
    wrong: list[str] = []
    for window, own in windows(browser, people, pages, live_server.url, "en"):
        for page in own:
            wrong += window.open(page)
    assert len(LOOKS) == 4
    assert len(pages) > 120
    assert not wrong


def test_every_page_in_french(
    browser: Any, people: People, pages: list[Page], live_server: Any
) -> None:
    """Its words are longer; its rows and worlds are the same."""
    wrong: list[str] = []
    own_routes = once(pages)
    for window, own in windows(browser, people, own_routes, live_server.url, "fr"):
        for page in own:
            wrong += window.open(page)
    assert {page.name for page in own_routes} == {page.name for page in pages}
    assert not wrong


FLAWS = """<h1>Twice</h1><img src="https://elsewhere.example/a.png" width="3000">
<p style="color: red">Styled</p><script>1</script>"""


def test_planted_flaws_are_found(browser: Any, people: People, live_server: Any) -> None:
    guide = Page("panel:guide", "owner", "/guide/")
    for window, _own in windows(browser, people, [guide], live_server.url, "en"):
        window.page.route("**/guide/", lambda route: spoil(route, route.fetch()))
        told = " ".join(window.open(guide))
    for flaw in ("main headings", "px wider", "image-alt", "Content Security", "asks https://else"):
        assert flaw in told, told


def spoil(route: Any, answer: Any) -> None:
    route.fulfill(response=answer, body=answer.text().replace("</main>", FLAWS + "</main>"))
