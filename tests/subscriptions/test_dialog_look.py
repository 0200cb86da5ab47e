"""The pencil by keyboard in a browser: preview as one types, errors, Esc, confirm, lost things."""

from collections.abc import Callable
from typing import Any

import pytest

from accounts.models import Membership
from subscriptions.models import Subscription
from tests.people import PASSWORD, People
from tests.stories.test_look import assert_fine, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.full]

OPEN = "#dialog[open]"
SHOWN = "#dialog-outcome:not([inert]) #preview-h"


def focused(page: Any) -> str:
    return str(page.evaluate("document.activeElement.id || document.activeElement.title"))


def test_seats_by_keyboard(
    page: Any,
    people: People,
    subscription: Subscription,
    run_journal: Callable[..., int],
    live_server: Any,
    tmp_path: Any,
) -> None:
    url = live_server.url
    service = url + subscription.tenant.get_absolute_url()
    sign_in(page, people, url)
    page.emulate_media(reduced_motion="reduce")
    page.goto(service)
    pencil = page.locator("#subscriptions a[data-dialog]").first
    pencil.focus()
    name = focused(page)
    where = page.evaluate("scrollY")
    page.keyboard.press("Enter")
    page.wait_for_selector(OPEN)
    assert focused(page) == "id_quantity" and page.url == service
    assert page.evaluate("scrollY") == where
    assert page.get_by_role("dialog", name="Change the number of licences").is_visible()
    page.keyboard.press("Escape")
    assert not page.is_visible(OPEN) and focused(page) == name

    page.keyboard.press("Enter")
    page.wait_for_selector(OPEN)
    page.keyboard.type("999")  # over what is selected; Business plans end at 300
    page.wait_for_selector("#id_quantity_error")
    assert focused(page) == "id_quantity" and page.input_value("#id_quantity") == "999"
    assert page.get_attribute("#id_quantity", "aria-invalid") == "true"
    page.keyboard.press("Control+a")
    page.keyboard.type("8")
    page.wait_for_selector(SHOWN)
    assert page.is_hidden("#id_quantity_error") and focused(page) == "id_quantity"
    said = page.inner_text("#dialog-outcome")
    assert "Can be given back until" in said and "Then impossible until" in said
    for look, width in (("light", 1440), ("dark", 390)):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=look, reduced_motion="reduce")
        page.screenshot(path=str(tmp_path / f"{width}.png"))
        assert_fine(page)

    page.keyboard.press("Control+a")
    page.keyboard.type("9")
    assert page.get_attribute("#dialog-outcome", "inert") is not None
    page.wait_for_selector(SHOWN)
    with page.expect_navigation():
        page.get_by_role("button", name="Confirm").press("Enter")
    assert page.url == service and page.get_by_text("The change is under way.").is_visible()
    run_journal(skip_pauses=True)
    subscription.refresh_from_db()
    assert subscription.quantity == 9


def test_what_ends_badly_is_said_in_the_dialog(
    browser: Any,
    people: People,
    subscription: Subscription,
    live_server: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    url = live_server.url
    page = browser.new_context(locale="en-GB").new_page()
    sign_in(page, people, url)
    page.goto(url + subscription.tenant.get_absolute_url())
    page.click("#details a[data-dialog]")
    page.fill(f"{OPEN} input[name=display_name]", " ")
    page.click(f"{OPEN} .btn-primary")
    page.wait_for_selector("#id_display_name_error")
    assert focused(page) == "id_display_name"
    page.fill("#id_display_name", "Sales")
    page.context.set_offline(True)
    page.click(f"{OPEN} .btn-primary")
    page.wait_for_selector(f"{OPEN} #unreachable", state="visible")
    assert page.input_value("#id_display_name") == "Sales"
    page.context.set_offline(False)
    with monkeypatch.context() as broken:
        broken.setattr("tenants.services.rename", None)
        page.click(f"{OPEN} .btn-primary")
        page.wait_for_selector(f"{OPEN} >> text=This did not work")
    assert page.input_value("#id_display_name") == "Sales"
    mine = Membership.objects.filter(user=people.user("owner"))
    mine.update(role="viewer")
    page.click(f"{OPEN} .btn-primary")
    page.wait_for_selector(f"{OPEN} >> text=You may look, but not change this.")
    page.click(".dialog-x")
    assert not page.is_visible(OPEN)

    mine.update(role="owner")
    page.click("#details a[data-dialog]")
    page.fill(f"{OPEN} #id_display_name", "Sales")
    page.context.clear_cookies(name="sessionid")
    with page.expect_navigation():
        page.click(f"{OPEN} .btn-primary")
    assert "/sign-in/login/?next=/services/" in page.url
    page.fill("#id_login", people.user("owner").email)
    page.fill("#id_password", PASSWORD)
    with page.expect_navigation():
        page.press("#id_password", "Enter")
    assert page.url.endswith("/rename/") and page.input_value("#id_display_name") == "Sales"
    page.context.close()


def test_without_a_script_the_pencil_leads_to_the_page(
    browser: Any, people: People, subscription: Subscription, live_server: Any
) -> None:
    context = browser.new_context(java_script_enabled=False, locale="en-GB")
    page = context.new_page()
    sign_in(page, people, live_server.url)
    page.goto(live_server.url + subscription.tenant.get_absolute_url())
    page.click("#subscriptions a[data-dialog]")
    assert page.url.endswith(f"/subscriptions/{subscription.pk}/seats/")
    page.fill("#id_quantity", "8")
    page.click("text=Show what it does")
    assert page.is_visible("#preview-h")
    context.close()
