"""An authenticator app: set up, asked for at sign-in, replaced by recovery codes, removed."""

import re
from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.core.cache import cache
from django.test import Client

from journal.models import Event
from tests.accounts.factor.app import (
    CODES,
    FACTOR,
    REMOVE,
    SECOND_STEP,
    SET_UP,
    code_of,
    is_in,
    prove_by_password,
    set_up,
    sign_in,
)
from tests.people import People

Run = Callable[..., int]
OWNER = "owner@northwind.example"


def test_it_is_set_up_with_a_picture_or_a_typed_key(people: People) -> None:
    prove_by_password(people.owner)
    page = people.owner.get(SET_UP)
    assert page.context["form"].secret in page.content.decode()
    assert "data:image/svg+xml" in page.content.decode()
    refused = people.owner.post(SET_UP, {"code": "000000"})
    assert "code" in refused.context["form"].errors
    assert not Authenticator.objects.exists()


def test_the_password_is_asked_first(people: People) -> None:
    assert "reauthenticate" in people.owner.get(SET_UP).headers["Location"]


def test_then_sign_in_asks_for_a_code(people: People) -> None:
    key = set_up(people.owner)
    browser = sign_in(OWNER)
    assert not is_in(browser)
    assert browser.get("/home/").status_code == 302
    browser.post(SECOND_STEP, {"code": "000000"})
    assert not is_in(browser)
    browser.post(SECOND_STEP, {"code": code_of(key)})
    assert is_in(browser)
    assert browser.get("/home/").status_code == 200


def test_a_code_is_good_once_even_when_the_cache_is_lost(people: People) -> None:
    key = set_up(people.owner)
    code = code_of(key)
    first = sign_in(OWNER)
    first.post(SECOND_STEP, {"code": code})
    cache.clear()
    second = sign_in(OWNER)
    second.post(SECOND_STEP, {"code": code})
    assert (is_in(first), is_in(second)) == (True, False)
    second.post(SECOND_STEP, {"code": code_of(key, steps=1)})
    assert is_in(second)


def test_guessing_is_slowed_down(people: People) -> None:
    key = set_up(people.owner)
    browser = sign_in(OWNER)
    for _n in range(6):
        page = browser.post(SECOND_STEP, {"code": "000000"})
    assert "Too many" in page.content.decode()
    browser.post(SECOND_STEP, {"code": code_of(key)})
    assert not is_in(browser)


def _codes(browser: Client) -> list[str]:
    page = browser.get(CODES).content.decode()
    return re.findall(r"^\d{8}$", page.replace('<pre class="codes">', "\n"), re.MULTILINE)


def test_recovery_codes_are_shown_once_and_good_once(people: People) -> None:
    set_up(people.owner)
    page = people.owner.get(CODES).content.decode()
    assert 'download="recovery-codes.txt"' in page
    codes = re.findall(r"\b\d{8}\b", page.partition("<pre")[2].partition("</pre>")[0])
    assert len(codes) == 10
    assert codes[0] not in people.owner.get(CODES).content.decode()

    for expected in (True, False):
        browser = sign_in(OWNER)
        browser.post(SECOND_STEP, {"code": codes[0]})
        assert is_in(browser) is expected


def test_new_recovery_codes_end_the_old_ones(people: People, run_journal: Run) -> None:
    set_up(people.owner)
    old = _codes(people.owner)
    people.owner.post(CODES + "generate/")
    new = _codes(people.owner)
    assert len(old) == len(new) == 10
    browser = sign_in(OWNER)
    browser.post(SECOND_STEP, {"code": old[0]})
    assert not is_in(browser)
    browser.post(SECOND_STEP, {"code": new[0]})
    assert is_in(browser)


def test_removing_it_takes_the_password_or_a_code(people: People) -> None:
    key = set_up(people.owner)
    browser = sign_in(OWNER)
    browser.post(SECOND_STEP, {"code": code_of(key)})
    assert "reauthenticate" in browser.post(REMOVE).headers["Location"]
    assert Authenticator.objects.filter(type="totp").exists()

    browser.post(FACTOR + "reauthenticate/", {"code": code_of(key, steps=1)})
    browser.post(REMOVE)
    assert not Authenticator.objects.exists()  # and no recovery codes are left behind
    assert is_in(sign_in(OWNER))


def test_the_person_is_told_by_mail_and_history_keeps_it(people: People, run_journal: Run) -> None:
    set_up(people.owner)
    people.owner.post(REMOVE)
    run_journal()
    assert [message.to for message in mail.outbox] == [[OWNER], [OWNER]]
    assert "127.0.0.1" in str(mail.outbox[0].body)
    kinds = list(Event.objects.filter(kind__startswith="person.").values_list("kind", flat=True))
    assert {"person.factor_added", "person.factor_removed"} <= set(kinds)


def test_the_mail_is_in_the_persons_language(people: People, run_journal: Run) -> None:
    people.owner.cookies["django_language"] = "fr"
    set_up(people.owner)
    run_journal()
    assert "adresse IP" in str(mail.outbox[0].body).replace("Adresse", "adresse")


def test_secrets_are_unreadable_in_the_database(people: People) -> None:
    key = set_up(people.owner)
    rows = list(Authenticator.objects.values_list("data", flat=True))
    assert len(rows) == 2
    assert key not in str(rows)
    assert all(
        str(value).startswith("gAAAA") for row in rows for value in row.values() if value != 0
    )


@pytest.mark.parametrize("path", [FACTOR, SET_UP, CODES, REMOVE, SECOND_STEP])
def test_who_has_not_signed_in_sees_none_of_it(path: str, people: People) -> None:
    assert people.client("nobody").get(path).status_code == 302
