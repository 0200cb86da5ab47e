"""Staff's own pages in a real browser: accessible, on every screen, in both looks."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from journal import services as journal
from journal.models import Operation
from journal.people import PORTAL
from tests.people import People
from tests.stories.test_look import RULES, assert_fine

pytestmark = pytest.mark.browser

SIZES = [(390, "dark")]


@pytest.fixture
def staff_page(page: Any, people: People, live_server: Any) -> Any:
    session = people.staff.cookies["sessionid"].value
    cookie = {"name": "sessionid", "value": session, "url": live_server.url}
    page.context.add_cookies([cookie])
    return page


@pytest.mark.parametrize(("width", "scheme"), SIZES)
def test_staffs_pages_are_accessible_and_fit(
    staff_page: Any, live_server: Any, width: int, scheme: str
) -> None:
    staff_page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    staff_page.set_viewport_size({"width": width, "height": 900})
    for path in ("/staff/health/", "/styleguide/"):
        staff_page.goto(live_server.url + path)
        assert_fine(staff_page)


def test_the_example_dialog_opens_and_closes(staff_page: Any, live_server: Any) -> None:
    staff_page.goto(live_server.url + "/styleguide/")
    staff_page.click("[commandfor=example][command=show-modal]")
    assert staff_page.is_visible("#example")
    assert_fine(staff_page)
    staff_page.click("#example [command=close]")
    assert not staff_page.is_visible("#example")


def test_the_admins_pages_keep_to_the_policy(staff_page: Any, live_server: Any) -> None:
    """Accessible too; the browser's console stays empty: the fixture `page` looks."""
    operation = journal.ask(kind="sync.sweep", account_id=None, subject="sync:eu", by=PORTAL)
    Operation.objects.filter(pk=operation.pk).update(state="error")
    staff_page.goto(f"{live_server.url}/admin/")
    assert staff_page.is_visible("#waiting-h")
    assert not violations(staff_page)
    staff_page.goto(f"{live_server.url}/admin/journal/operation/")
    assert not violations(staff_page)
    staff_page.goto(f"{live_server.url}/admin/journal/operation/{operation.pk}/change/")
    assert staff_page.is_visible("#explained")
    assert not violations(staff_page)


def violations(page: Any) -> set[str]:
    """What axe finds; without its own style sheet, which the policy would refuse."""
    found = Axe().run(page, options={**RULES, "preload": False}).response["violations"]
    return {rule["id"] for rule in found}


@pytest.mark.full
@pytest.mark.parametrize(("width", "scheme"), SIZES)
def test_a_visit_is_always_in_sight(
    staff_page: Any, people: People, live_server: Any, width: int, scheme: str
) -> None:
    """Begun by its form; the banner stays while the page scrolls, and on paper."""
    page, url = staff_page, live_server.url
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{url}/staff/accounts/{people.northwind.account.pk}/look/")
    assert_fine(page)
    page.select_option("[name=membership]", label="owner@northwind.example (owner)")
    page.fill("[name=reason]", "Ticket 4711: a button is missing.")
    page.click("main form button.btn-primary")
    page.wait_for_url(f"{url}/home/")
    page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
    assert page.locator(".visit").bounding_box()["y"] >= 0
    assert_fine(page)
    page.emulate_media(media="print")
    assert page.is_visible(".visit")
    page.emulate_media(media="screen", color_scheme=scheme)
    page.goto(f"{url}/admin/")
    assert page.is_visible(".visit") and not violations(page)
    page.click("text=End the visit")
    page.wait_for_url("**/admin/accounts/account/*/change/")
    assert not page.is_visible(".visit")


@pytest.mark.full
def test_a_margin_rule_is_previewed(staff_page: Any, live_server: Any) -> None:
    staff_page.goto(f"{live_server.url}/admin/subscriptions/marginrule/add/")
    staff_page.fill("[name=value]", "10")
    staff_page.fill("[name=valid_from]", "2026-01-01")
    staff_page.click("[name=_save]")
    assert "Nothing is saved yet" in staff_page.inner_text("#content")
    assert not violations(staff_page)
    staff_page.click("[name=_back]")
    assert staff_page.input_value("[name=value]") == "10"
    staff_page.click("[name=_save]")
    staff_page.click("[name=_confirmed]")
    staff_page.wait_for_url("**/admin/subscriptions/marginrule/")
