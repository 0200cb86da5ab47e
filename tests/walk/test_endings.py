"""What ends badly elsewhere: a session, a connection, a second click."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from subscriptions.models import Subscription
from tests.people import PASSWORD, People
from tests.stories.test_look import sign_in
from tests.walk.pages import Page

FORM = "/account/members/"
NOTE = "Your session had ended, so nothing was sent."


@pytest.mark.parametrize(
    ("referer", "back"),
    [
        (f"http://testserver{FORM}?page=2", f"{FORM}?page=2"),
        ("https://elsewhere.example/account/members/", "/home/"),
        ("", "/home/"),
    ],
)
def test_a_form_sent_after_the_session_ended(people: People, referer: str, back: str) -> None:
    """To sign-in with a sentence, and from there back to the page of the form."""
    browser = Client()
    sent = browser.post("/account/sessions/end-others/", headers={"referer": referer})
    assert sent.status_code == 302
    entrance = urlsplit(sent.headers["Location"])
    assert entrance.path == "/sign-in/login/"
    assert parse_qs(entrance.query)["next"] == [back]
    assert NOTE in browser.get(sent.headers["Location"]).content.decode()
    again = {"login": "owner@northwind.example", "password": PASSWORD, "next": back}
    assert browser.post("/sign-in/login/", again).headers["Location"] == back


def test_a_page_is_not_a_form(people: People) -> None:
    browser = Client()
    asked = browser.get("/home/")
    assert NOTE not in browser.get(asked.headers["Location"]).content.decode()


@pytest.mark.browser
@pytest.mark.full
def test_a_lost_connection_keeps_what_was_typed(
    browser: Any, people: People, pages: list[Page], live_server: Any
) -> None:
    bought = Subscription.objects.latest("pk")
    page = browser.new_context().new_page()
    sign_in(page, people, live_server.url)
    page.goto(f"{live_server.url}/subscriptions/{bought.pk}/seats/")
    page.fill("#id_quantity", "7")
    page.context.set_offline(True)
    with page.expect_event("requestfailed"):  # the portal was asked
        page.click("main form button.btn-primary")
    page.wait_for_selector("#unreachable", state="visible")
    assert page.input_value("#id_quantity") == "7"
    page.context.set_offline(False)
    page.wait_for_selector("#unreachable", state="hidden")
    with page.expect_navigation():
        page.click("main form button.btn-primary")
    assert page.is_visible("button[name=confirm]")
    assert page.input_value("#id_quantity") == "7"
    page.context.set_offline(True)
    page.evaluate("() => { htmx.ajax('GET', '/guide/', '#main').catch(() => 0); }")
    page.wait_for_selector("#unreachable", state="visible")
    page.context.close()


@pytest.mark.browser
@pytest.mark.full
def test_what_was_typed_outlives_the_session(
    browser: Any, people: People, live_server: Any
) -> None:
    """It waits in the browser while the same person signs in again; nobody else finds it."""
    page = browser.new_context().new_page()
    sign_in(page, people, live_server.url)
    form, field, typed = f"{live_server.url}/account/mpn-ids/", "#id_mpn_id", "1234567"
    for who, found in (("owner", typed), ("stranger", "")):
        page.goto(form)
        page.fill(field, typed)
        page.context.clear_cookies(name="sessionid")
        page.press(field, "Enter")
        page.wait_for_selector("#id_login")
        page.fill("#id_login", people.user(who).email)
        page.fill("#id_password", PASSWORD)
        page.press("#id_password", "Enter")
        page.wait_for_url(form)
        assert page.input_value(field) == found
        assert page.is_visible("text=What you had typed is here again") == bool(found)
    assert page.evaluate("sessionStorage.getItem('typed')") is None
    page.context.close()
