"""Where a person is signed in: seen, and ended one by one or all others at once."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils.timezone import now
from pytest_django import Settings

from accounts import personal_data
from accounts.browsers import SEEN_SECONDS, STAMP, name_of
from accounts.models import BrowserSession
from tests.accounts.factor.app import is_in, set_up
from tests.people import PASSWORD, People

PAGE = "/account/sessions/"
OWNER = "owner@northwind.example"
LINUX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
PHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 "
    "(KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1"
)


def _browser(user_agent: str) -> Client:
    browser = Client(headers={"user-agent": user_agent})
    browser.post("/sign-in/login/", {"login": OWNER, "password": PASSWORD})
    return browser


def _of(browser: Client) -> BrowserSession:
    return BrowserSession.objects.get(session_key=browser.session.session_key)


def test_each_browser_is_listed_this_one_first(people: People) -> None:
    here, phone = _browser(LINUX), _browser(PHONE)
    rows = here.get(PAGE).context["rows"]
    assert [(row["name"], row["current"]) for row in rows] == [
        ("Firefox on Linux", True),
        ("Safari on iOS", False),
    ]
    assert _of(phone).address == "127.0.0.1"


def test_behind_a_balancer_the_address_is_the_persons(people: People, settings: Settings) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    headers = {"x-forwarded-for": "198.51.100.9, 203.0.113.7"}
    browser = Client(headers=headers)
    browser.post("/sign-in/login/", {"login": OWNER, "password": PASSWORD})
    assert _of(browser).address == "203.0.113.7"


def test_one_is_ended(people: People) -> None:
    here, phone = _browser(LINUX), _browser(PHONE)
    here.post(f"{PAGE}{_of(phone).pk}/end/")
    assert phone.get(PAGE).status_code == 302
    assert len(here.get(PAGE).context["rows"]) == 1


def test_ending_ones_own_is_signing_out(people: People) -> None:
    here = _browser(LINUX)
    assert here.post(f"{PAGE}{_of(here).pk}/end/").headers["Location"] == "/sign-in/login/"
    assert not is_in(here)
    assert not BrowserSession.objects.exists()


def test_all_others_are_ended_but_nobody_elses(people: People) -> None:
    here, phone, laptop = _browser(LINUX), _browser(PHONE), _browser(LINUX)
    assert people.viewer.get(PAGE).status_code == 200
    page = here.post(PAGE + "end-others/", follow=True).content.decode()
    assert "2 browsers are signed out" in page
    assert [browser.get(PAGE).status_code for browser in (here, phone, laptop)] == [200, 302, 302]
    assert people.viewer.get(PAGE).status_code == 200


def test_a_stranger_ends_nothing(people: People) -> None:
    here = _browser(LINUX)
    assert people.stranger.post(f"{PAGE}{_of(here).pk}/end/").status_code == 404
    assert people.viewer.post(f"{PAGE}{_of(here).pk}/end/").status_code == 404
    assert here.get(PAGE).status_code == 200


def test_last_seen_is_written_down_now_and_then(people: People) -> None:
    here = _browser(LINUX)
    long_ago = now() - timedelta(days=1)
    BrowserSession.objects.update(seen_at=long_ago)
    here.get(PAGE)
    assert _of(here).seen_at == long_ago
    session = here.session
    session[STAMP] = {**session[STAMP], "at": session[STAMP]["at"] - SEEN_SECONDS - 1}
    session.save()
    here.get(PAGE)
    assert _of(here).seen_at > long_ago


def test_a_new_password_ends_the_others_and_keeps_this_row(people: People) -> None:
    here, phone = _browser(LINUX), _browser(PHONE)
    started = _of(here).started_at
    new = "x7 horse battery"
    sent = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    here.post("/sign-in/password/change/", sent)
    here.get(PAGE)
    assert phone.get(PAGE).status_code == 302
    assert _of(here).started_at == started


def test_adding_a_factor_ends_browsers_that_had_none(people: People) -> None:
    here, phone = _browser(LINUX), _browser(PHONE)
    set_up(here)
    assert (is_in(here), phone.get(PAGE).status_code) == (True, 302)


def test_ended_sessions_are_forgotten(people: People) -> None:
    _browser(LINUX)
    Session.objects.update(expire_date=now() - timedelta(seconds=1))
    personal_data.apply_retention()
    assert not BrowserSession.objects.exists()


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        ("", "Unknown browser"),
        ("curl/8", "Unknown browser"),
        (
            "Mozilla/5.0 (Windows NT 10.0) AppleWebKit Chrome/140 Safari/537 Edg/140",
            "Edge on Windows",
        ),
        ("Mozilla/5.0 (Linux; Android 15) Chrome/140 Mobile Safari/537", "Chrome on Android"),
    ],
)
def test_browsers_have_names(user_agent: str, name: str) -> None:
    assert name_of(user_agent) == name
