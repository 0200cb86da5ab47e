"""The frame as browsers receive it."""

import pytest
from django.template.loader import get_template
from django.test import Client
from django.urls import reverse
from django.utils import translation

from tests.people import People

SIGN_IN = "/sign-in/login/"


def test_the_theme_of_the_cookie_is_rendered_by_the_server(client: Client, db: None) -> None:
    assert b"data-bs-theme" not in client.get(SIGN_IN).content
    client.cookies["theme"] = "dark"
    assert b'data-bs-theme="dark"' in client.get(SIGN_IN).content
    client.cookies["theme"] = '"><script>'
    assert b"data-bs-theme" not in client.get(SIGN_IN).content


def test_the_language_that_was_chosen_stays(client: Client, db: None) -> None:
    answer = client.post(reverse("set_language"), {"language": "fr", "next": SIGN_IN})
    assert answer.headers["Location"] == SIGN_IN
    assert b'<html lang="fr"' in client.get(SIGN_IN).content


def test_nothing_inline_is_allowed(client: Client, db: None) -> None:
    policy = client.get(SIGN_IN).headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy and "unsafe" not in policy


def test_the_menu_marks_where_one_is(people: People) -> None:
    shown = people.owner.get(reverse("accounts:members")).content.decode()
    assert f'<a href="{reverse("accounts:members")}" aria-current="page">' in shown
    assert shown.count('aria-current="page"') == 1
    assert '<a class="skip-link" href="#main">' in shown


def test_a_page_that_does_not_exist(people: People) -> None:
    answer = people.owner.get("/nowhere/")
    assert answer.status_code == 404
    assert "This page does not exist" in answer.content.decode()
    assert 'id="menu"' in answer.content.decode()


def test_a_form_without_its_token_gets_a_sentence(db: None) -> None:
    answer = Client(enforce_csrf_checks=True).post(SIGN_IN, {})
    assert answer.status_code == 403
    assert "This form is too old" in answer.content.decode()


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_page_of_a_broken_portal_needs_nothing(language: str) -> None:
    with translation.override(language):
        shown = get_template("500.html").render()
    assert f'<html lang="{language}">' in shown and "500" in shown
