"""The frame in a real browser: accessible, on every screen, in both looks."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.people import People
from tests.rules.routes import ROUTES
from tests.rules.test_access import things
from tests.walk.looks import LOOKS, windows
from tests.walk.pages import Page, our_pages

__all__ = ["things"]

pytestmark = pytest.mark.browser

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]}
OF_MANY_PARTS = {"dnsconfig:plan", "orders:order", "panel:service", "subscriptions:subscription"}
OTHERS = [
    Page("no result", "owner", "/services/?search=nothing&sort=nothing&state=nothing"),
    Page("account_login", "nobody", "/sign-in/login/"),
]


def sign_in(page: Any, people: People, url: str) -> None:
    session = people.owner.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": url}])


def assert_fine(page: Any) -> None:
    found = Axe().run(page, options=RULES).response["violations"]
    assert not [(rule["id"], [node["target"] for node in rule["nodes"]]) for rule in found]
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_pages_are_accessible_and_fit(
    browser: Any, people: People, things: dict[str, list[Any]], live_server: Any
) -> None:
    """On a phone; `tests/walk/test_matrix.py` opens every page in every look."""
    own = [page for page in our_pages(people, [things]) if page.who == "owner"]
    main = [page for page in own if not about(page.name) or page.name in OF_MANY_PARTS]
    wrong: list[str] = []
    for window, pages in windows(browser, people, [*main, *OTHERS], live_server.url, "fr"):
        for page in pages:
            wrong += window.open(page, LOOKS[1:2])
    assert not wrong


def about(name: str) -> str:
    """What stands in its address; the sign-in library's pages are not for here."""
    return ROUTES[name].about if name in ROUTES else "library"


def test_the_look_that_was_chosen_comes_back_from_the_server(page: Any, live_server: Any) -> None:
    page.goto(live_server.url + "/sign-in/login/")
    page.click("[popovertarget=look]")
    page.click("[data-theme-to=dark]")
    assert page.get_attribute("html", "data-bs-theme") == "dark"
    assert b'data-bs-theme="dark"' in page.reload().body()


def test_the_menu_opens_on_a_phone_without_a_script(
    browser: Any, people: People, live_server: Any
) -> None:
    size = {"width": 390, "height": 800}
    context = browser.new_context(java_script_enabled=False, viewport=size)
    page = context.new_page()
    sign_in(page, people, live_server.url)
    page.goto(live_server.url + "/home/")
    assert not page.is_visible("#menu")
    page.click(".menu-button")
    assert page.is_visible("#menu")
    context.close()


def test_a_form_is_sent_once(page: Any, people: People, live_server: Any) -> None:
    sign_in(page, people, live_server.url)
    page.goto(live_server.url + "/account/mpn-ids/")
    sent = page.evaluate("""() => {
        let sent = 0;
        addEventListener("submit", (event) => {
            if (!event.defaultPrevented) sent += 1;
            event.preventDefault();
        });
        const button = document.querySelector("form:has(#id_mpn_id) button");
        document.getElementById("id_mpn_id").value = "4847385";
        button.click();
        button.click();
        return sent;
    }""")
    assert sent == 1
