"""The frame in a real browser: accessible, on every screen, in both looks."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.people import People

pytestmark = pytest.mark.browser

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]}
PATHS = [
    "/home/",
    "/orders/new/",
    "/services/",
    "/services/?search=nothing&sort=nothing&state=nothing",
    "/subscriptions/",
    "/orders/",
    "/operations/",
    "/domains/",
    "/members/",
    "/audit/",
    "/account/mpn-ids/",
    "/account/mpn-ids/board/",
    "/cashback/",
    "/guide/",
    "/prices/changes/",
    "/delegations/",
    "/delegations/new/",
    "/renewals/",
    "/calendar/",
    "/changes-elsewhere/",
]


def sign_in(page: Any, people: People, url: str) -> None:
    session = people.owner.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": url}])


def assert_fine(page: Any) -> None:
    found = Axe().run(page, options=RULES).response["violations"]
    assert not [(rule["id"], [node["target"] for node in rule["nodes"]]) for rule in found]
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize(("width", "scheme"), [(1440, "light"), (1440, "dark"), (390, "light")])
def test_pages_are_accessible_and_fit(
    page: Any, people: People, live_server: Any, width: int, scheme: str
) -> None:
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(live_server.url + "/sign-in/login/")
    assert_fine(page)
    sign_in(page, people, live_server.url)
    for path in PATHS:
        page.goto(live_server.url + path)
        assert_fine(page)


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
