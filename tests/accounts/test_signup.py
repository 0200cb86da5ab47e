"""Sign-up with a confirmed address, sign-in, a forgotten password; all mail through the journal."""

import re
from collections.abc import Callable

import pytest
from django.core import mail
from django.test import Client
from pytest_django import Settings

from accounts.models import Account, Membership, Role, User
from journal.models import Operation
from tests.people import PASSWORD, People

Run = Callable[..., int]
SIGN_UP = "/sign-in/signup/"
SIGN_IN = "/sign-in/login/"
NEW = {
    "email": "Ada@adventure-works.example",
    "password1": PASSWORD,
    "password2": PASSWORD,
    "company": "Adventure Works",
}

pytestmark = pytest.mark.django_db


def _link(run_journal: Run, pattern: str) -> str:
    """Where the last mail leads."""
    run_journal()
    found = re.search(rf"https?://[^/\s]+({pattern}[^\s<]+)", str(mail.outbox[-1].body))
    assert found is not None, mail.outbox[-1].body
    return found[1]


def test_a_new_reseller_signs_up_confirms_and_signs_in(run_journal: Run) -> None:
    browser = Client()
    browser.post(SIGN_UP, NEW)
    account = Account.objects.get()
    assert (account.name, account.currency) == ("Adventure Works", "EUR")
    assert re.fullmatch(r"[a-z]{2}\d{5}-ovh", account.nic_handle)
    assert Membership.objects.get().role == Role.OWNER
    assert not browser.login(email="nobody@x.example", password=PASSWORD)

    early = browser.post(SIGN_IN, {"login": NEW["email"], "password": PASSWORD})
    assert "_auth_user_id" not in browser.session, early.content

    browser.post(_link(run_journal, "/sign-in/confirm-email/"))
    browser.post(SIGN_IN, {"login": NEW["email"], "password": PASSWORD})
    assert browser.get("/account/settings/").status_code == 200


def test_confirmation_mail_has_text_and_html_and_names_the_portal(run_journal: Run) -> None:
    Client().post(SIGN_UP, NEW)
    run_journal()
    [message] = mail.outbox
    assert message.to == ["ada@adventure-works.example"]
    assert "Reseller Portal" in str(message.body)
    [(html, kind)] = message.alternatives  # type: ignore[attr-defined]
    assert kind == "text/html"
    assert "/sign-in/confirm-email/" in html
    assert Operation.objects.get(kind="notice.mail").secret is None  # forgotten once sent


def test_in_french_the_mail_is_french(run_journal: Run) -> None:
    Client(headers={"accept-language": "fr"}).post(SIGN_UP, NEW)
    run_journal()
    assert User.objects.get().language == "fr"
    assert Account.objects.get().language == "fr"
    [(html, _kind)] = mail.outbox[0].alternatives  # type: ignore[attr-defined]
    assert 'lang="fr"' in html


def test_a_company_is_needed(run_journal: Run) -> None:
    page = Client().post(SIGN_UP, {**NEW, "company": ""})
    assert "company" in page.context["form"].errors
    assert not User.objects.exists()


def test_a_known_address_is_not_revealed(people: People, run_journal: Run) -> None:
    known = {**NEW, "email": "owner@northwind.example"}
    unknown = Client().post(SIGN_UP, NEW)
    answer = Client().post(SIGN_UP, known)
    assert answer.status_code == unknown.status_code == 302
    assert answer.headers["Location"] == unknown.headers["Location"]
    run_journal()
    assert "already has an account" in str(mail.outbox[-1].body)
    assert Account.objects.filter(name="Adventure Works").count() == 1


def test_an_invited_newcomer_joins_without_opening_an_account(
    people: People, run_journal: Run
) -> None:
    people.owner.post("/account/members/", {"email": NEW["email"], "role": "manager"})
    browser = Client()
    browser.get(_link(run_journal, "/account/invitation/"))
    browser.post(SIGN_UP, {**NEW, "company": ""})

    membership = Membership.objects.get(user__email="ada@adventure-works.example")
    assert (membership.account, membership.role) == (people.northwind.account, Role.MANAGER)
    assert Account.objects.count() == 2  # Northwind and Fabrikam
    assert browser.get("/account/members/").status_code == 200  # the link was the confirmation


def test_a_forgotten_password(people: People, run_journal: Run) -> None:
    browser = Client()
    browser.post("/sign-in/password/reset/", {"email": "owner@northwind.example"})
    form = browser.get(_link(run_journal, "/sign-in/password/reset/key/"), follow=True)
    changed = {"password1": "another horse battery", "password2": "another horse battery"}
    browser.post(form.request["PATH_INFO"], changed)
    user = User.objects.get(email="owner@northwind.example")
    assert user.check_password("another horse battery")


def test_signing_in_goes_on_without_the_cache(people: People, settings: Settings) -> None:
    settings.CACHES = {
        "default": {**settings.CACHES["default"], "LOCATION": "redis://127.0.0.1:9/0"}
    }
    browser = Client()
    wrong = browser.post(SIGN_IN, {"login": "owner@northwind.example", "password": "wrong"})
    assert wrong.status_code == 200
    browser.post(SIGN_IN, {"login": "owner@northwind.example", "password": PASSWORD})
    assert browser.get("/account/settings/").status_code == 200


def test_guessing_is_slowed_down(people: People) -> None:
    browser = Client()
    sent = {"login": "owner@northwind.example", "password": "wrong"}
    pages = [browser.post(SIGN_IN, sent) for _n in range(7)]
    assert "Too many failed login attempts" in pages[-1].content.decode()
