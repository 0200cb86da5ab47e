"""The palette and the shortcuts by keyboard alone, in French and English."""

from typing import Any

import pytest

from accounts.models import User
from tests.people import People
from tests.rules.test_access import things
from tests.stories.test_look import assert_fine, sign_in

__all__ = ["things"]

pytestmark = [pytest.mark.browser, pytest.mark.full]

CHOSEN = "#palette [role=option][aria-selected=true]"


def search(page: Any, text: str) -> None:
    """Type it, and wait for its own answer."""
    page.keyboard.type(text)
    page.wait_for_selector(f'#palette-list[data-for="{text}"]')


def focused(page: Any) -> str:
    return str(page.evaluate("document.activeElement.id || document.activeElement.className"))


def speak(page: Any, url: str, language: str) -> None:
    page.context.add_cookies([{"name": "django_language", "value": language, "url": url}])


def test_by_keyboard_alone(
    page: Any, people: People, things: dict[str, list[Any]], live_server: Any
) -> None:
    url = live_server.url
    sign_in(page, people, url)
    page.goto(url + "/orders/")
    page.focus(".brand")
    page.keyboard.press("Control+k")
    assert focused(page) == "palette-q"
    search(page, "bakery")
    assert page.text_content(f"{CHOSEN} .palette-name") == "Bakery"
    first = page.get_attribute("#palette-q", "aria-activedescendant")
    assert page.get_attribute(CHOSEN, "id") == first
    assert "result" in page.text_content("#palette-said")
    page.keyboard.press("ArrowDown")
    assert page.get_attribute("#palette-q", "aria-activedescendant") != first
    page.keyboard.press("Escape")
    assert not page.is_visible("#palette") and focused(page) == "brand"

    page.keyboard.press("/")
    search(page, "bakery")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.url.endswith("/services/bakery.onmicrosoft.com/")
    page.keyboard.press("Control+k")
    page.wait_for_selector("#palette-recent")
    assert page.text_content("#palette-recent-1 .palette-name") == "Orders"
    search(page, "> reset")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.url.endswith("/services/bakery.onmicrosoft.com/password/")

    page.keyboard.press("Control+k")
    page.keyboard.type("Bakery")  # faster than the answer: the page decides
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert "q=Bakery" in page.url or page.url.endswith("/services/bakery.onmicrosoft.com/")


def test_letters_lead_to_pages_unless_switched_off(
    page: Any, people: People, things: dict[str, list[Any]], live_server: Any
) -> None:
    url = live_server.url
    sign_in(page, people, url)
    page.goto(url + "/home/")
    with page.expect_navigation():
        page.keyboard.press("g")
        page.keyboard.press("s")
    assert page.url.endswith("/services/")
    page.focus("[name=search]")
    page.keyboard.type("n?g h")
    assert page.url.endswith("/services/") and page.input_value("[name=search]") == "n?g h"
    page.focus(".brand")
    page.keyboard.press("Alt+n")
    page.keyboard.press("?")
    assert page.is_visible("#shortcuts")
    page.keyboard.press("n")  # not beneath an open dialog
    page.keyboard.press("Escape")
    User.objects.filter(email="owner@northwind.example").update(has_letter_keys=False)
    page.goto(url + "/home/")
    for key in ("g", "s", "n", "?", "/"):
        page.keyboard.press(key)
    assert not page.is_visible("dialog[open]") and page.url.endswith("/home/")
    page.keyboard.press("Control+k")
    page.wait_for_selector("#palette-recent")
    assert "/services/" in page.evaluate("localStorage.getItem('recent')")
    page.context.clear_cookies()
    page.goto(url + "/home/")
    assert page.evaluate("localStorage.getItem('recent')") is None


def test_every_look_is_accessible(
    page: Any, people: People, things: dict[str, list[Any]], live_server: Any, tmp_path: Any
) -> None:
    url = live_server.url
    sign_in(page, people, url)
    for language, width, scheme, text in (
        ("fr", 1440, "light", "contoso"),
        ("fr", 390, "dark", "bak"),
        ("en", 1440, "dark", ""),
        ("en", 390, "light", "zzz"),
    ):
        speak(page, url, language)
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        page.goto(url + "/services/bakery.onmicrosoft.com/")
        page.keyboard.press("Control+k")
        search(page, text)
        page.screenshot(path=str(tmp_path / f"{language}-{width}.png"))
        assert_fine(page)
        page.keyboard.press("Escape")
        page.wait_for_selector("#palette-q:not(:focus)", state="attached")
        page.keyboard.press("?")
        page.wait_for_selector("#shortcuts[open]")
        page.screenshot(path=str(tmp_path / f"sheet-{language}-{width}.png"))
        assert_fine(page)
        page.keyboard.press("Escape")
    page.goto(url + "/search/?q=bakery")
    page.screenshot(path=str(tmp_path / "page.png"))
    page.goto(url + "/shortcuts/")
    page.screenshot(path=str(tmp_path / "sheet.png"))


def test_the_language_is_changed_from_the_palette(
    page: Any, people: People, live_server: Any
) -> None:
    sign_in(page, people, live_server.url)
    page.goto(live_server.url + "/home/")
    page.keyboard.press("Control+k")
    search(page, "> francais")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.get_attribute("html", "lang") == "fr"
