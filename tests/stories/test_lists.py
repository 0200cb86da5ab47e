"""Lists in a real browser: sorted by a click, filtered, cards on a phone, a view kept."""

from typing import Any

import pytest

from tests.panel.lists.conftest import stock
from tests.people import People
from tests.stories.test_look import assert_fine, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.full]


@pytest.mark.parametrize(("width", "scheme"), [(1440, "light"), (390, "dark")])
def test_a_viewer_finds_sorts_and_keeps_a_view(
    page: Any, people: People, live_server: Any, width: int, scheme: str
) -> None:
    stock(people.northwind, 12)
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.set_viewport_size({"width": width, "height": 900})
    sign_in(page, people, live_server.url)
    for which in ("services", "subscriptions", "orders"):
        page.goto(f"{live_server.url}/{which}/")
        assert_fine(page)
    page.goto(f"{live_server.url}/services/?page_size=10")
    if width > 1000:
        page.click("thead a >> text=Service")
    else:
        assert not page.is_visible("thead")
        page.select_option("#list-sort", "-name")
        page.click("text=Show >> nth=0")
    assert page.inner_text("tbody th >> nth=0") == "Bakery 011"
    page.fill("#id_search", "bakery 00")
    page.click("text=Show >> nth=0")
    assert page.inner_text("tbody th >> nth=0") == "Bakery 009"
    page.click("text=Save this view")
    page.fill("#id_name", "Below ten")
    page.click("text=Save the view")
    assert page.inner_text(".views [aria-current]") == "Below ten"
    assert page.is_visible("text=10 rows")
    assert_fine(page)
    page.goto(f"{live_server.url}/services/?search=nothing&sort=weight&state=melted")
    assert_fine(page)
