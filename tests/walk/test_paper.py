"""A page on paper: what it says, whole, in dark on white."""

from typing import Any

import pytest

from subscriptions.models import Subscription
from tests.people import People
from tests.stories.test_look import sign_in
from tests.walk.pages import Page

pytestmark = [pytest.mark.browser, pytest.mark.full]

GONE = ".topbar, .sidebar, .footer, .crumbs, .places, .page-actions, main .btn, .skip-link"
A4 = {"width": 718, "height": 1046}
"""In CSS pixels, without the margins: narrow enough for cards, which are for phones."""

LATER = """() => document.querySelectorAll('main tbody th[data-label=ID]').forEach((it) => {
    it.textContent = '104321';
})"""
"""The portal has sold so much."""


def test_a_service_on_paper(page: Any, people: People, pages: list[Page], live_server: Any) -> None:
    sign_in(page, people, live_server.url)
    page.goto(live_server.url + Subscription.objects.latest("pk").tenant.get_absolute_url())
    page.set_viewport_size(A4)
    page.emulate_media(media="print", color_scheme="dark")
    shown = (
        "(wanted) => [...document.querySelectorAll(wanted)].filter((it) => it.checkVisibility())"
    )
    assert page.evaluate(f"({shown})('{GONE}').map((it) => it.outerHTML)") == []
    page.evaluate(LATER)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    table = page.locator("main table").first
    assert table.locator("thead").evaluate("(it) => getComputedStyle(it).position") == "static"
    assert table.locator("tbody tr").first.evaluate("(it) => getComputedStyle(it).display") == (
        "table-row"
    )
    assert page.locator("h1").evaluate("(it) => getComputedStyle(it).color") == "rgb(22, 38, 42)"
    assert page.pdf(format="A4").startswith(b"%PDF")
