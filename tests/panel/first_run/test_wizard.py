"""The operator sets a new installation up, through the pages; nobody else gets in."""

import re
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from django.core import mail
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now
from pytest_django import Settings

from accounts.models import Account, Invitation, Site, User
from journal.models import Event
from panel.doctor import Examination, Finding, State
from panel.doctor.findings import Result
from panel.first_run import codes, services
from panel.first_run.models import Setup
from partnercenter.signin import SignedIn
from tests.accounts.factor import app
from tests.people import PASSWORD, People
from tests.walk.pseudo import LANGUAGE, marked
from tests.walk.test_untranslated import english

pytestmark = pytest.mark.django_db
START = "/setup/"
EMAIL = "operator@portal.example"
PERSON = {"email": EMAIL, "password": PASSWORD, "again": PASSWORD}
SITE = {
    "name": "Contoso Distribution",
    "language": "fr",
    "time_zone": "Europe/Paris",
    "support_url": "https://help.contoso.example/",
    "support_email": "help@contoso.example",
}
RESELLER = {
    "name": "Northwind",
    "region": "eu",
    "country": "FR",
    "language": "fr",
    "time_zone": "Europe/Paris",
    "currency": "EUR",
    "email": "owner@northwind.example",
    "mpn_id": "4847383",
}
STEPS = ["site", "mail", "microsoft", "reseller", "zones", "summary"]


def told(*arguments: str) -> str:
    """What the terminal says."""
    out = StringIO()
    call_command("setup", *arguments, stdout=out)
    return out.getvalue()


def code() -> str:
    return told().split()[-1]


def operator() -> Client:
    """A browser in which the code was entered and the operator created."""
    browser = Client()
    browser.post(START, {"code": code()})
    assert browser.post("/setup/person/", PERSON).status_code == 302
    return browser


def words(answer: Any) -> str:
    return str(answer.content.decode())


def test_from_the_code_to_the_first_reseller(
    sandbox: Any, run_journal: Callable[..., int], settings: Settings
) -> None:
    settings.STAFF_SECOND_FACTOR = True
    browser = Client()
    assert browser.get(START).status_code == 404, "before the command has run there is nothing"
    entered = browser.post(START, {"code": code().lower().replace("-", " ")})
    assert entered["Location"] == "/setup/person/"
    weak = browser.post("/setup/person/", {**PERSON, "password": "12345", "again": "other"})
    assert weak.status_code == 422
    assert set(weak.context["form"].errors) == {"password", "again"}
    assert EMAIL in words(weak), "nothing typed is lost"
    browser.post("/setup/person/", PERSON)
    person = User.objects.get()
    assert (person.email, person.is_superuser) == (EMAIL, True)
    assert browser.get("/setup/site/")["Location"] == reverse("mfa_index"), "the factor first"
    app.set_up(browser)
    assert "Setting up is not finished" in words(browser.get(app.CODES))
    assert browser.get(START)["Location"] == "/setup/site/"

    wrong = browser.post("/setup/site/", {**SITE, "support_email": "help"})
    assert wrong.status_code == 422 and "Contoso Distribution" in words(wrong)
    assert browser.post("/setup/site/", SITE)["Location"] == "/setup/mail/"
    page = words(browser.get("/setup/mail/"))
    assert "Contoso Distribution" in page and "mailto:help@contoso.example" in page
    settings.EMAIL_HOST_PASSWORD = "of-the-server"
    assert browser.post("/setup/mail/").status_code == 302
    assert "waits for a worker" in words(browser.get("/setup/mail/", headers={"HX-Request": "1"}))
    run_journal()
    assert [(each.to, each.subject) for each in mail.outbox] == [
        ([EMAIL], "Test mail of Contoso Distribution")
    ]
    page = words(browser.get("/setup/mail/"))
    assert "Look into your mailbox" in page and "of-the-server" not in page

    page = words(browser.get("/setup/microsoft/"))
    assert sandbox_secret(settings) not in page
    assert "not used yet" in page
    browser.post("/setup/microsoft/", {"alias": "eu"})
    run_journal()
    assert "not used yet" not in words(browser.get("/setup/microsoft/"))
    there_and_back(browser, page)
    refused = browser.post("/setup/reseller/", {**RESELLER, "mpn_id": "5550001"})
    assert refused.status_code == 422 and "mpn_id" in refused.context["form"].errors
    assert not Account.objects.exists(), "a refused MPN ID opens no account"
    browser.post("/setup/reseller/", RESELLER)
    account = Account.objects.get()
    assert account.partner_ids.get().mpn_id == "4847383"
    invited = Invitation.objects.get()
    assert (invited.email, invited.role) == ("owner@northwind.example", "owner")
    browser.post("/setup/reseller/", {**RESELLER, "name": "Again", "mpn_id": ""})
    assert Account.objects.count() == 1

    few = Finding(State.WARNING, "A setting is not safe.", "Change it.")
    kept = Examination(now(), (Result("settings", "Settings and keys", few),))
    cache.set("doctor:en", kept, 60)
    assert browser.post("/setup/later/", {"step": "zones"})["Location"] == "/setup/summary/"
    summary = browser.get("/setup/summary/")
    assert "A setting is not safe. Change it." in words(summary)
    marks = {one.name: one.mark for one in summary.context["standings"]}
    assert marks == {
        "site": "done", "mail": "done", "microsoft": "done", "reseller": "done", "zones": "waiting",
    }  # fmt: skip
    browser.post("/setup/summary/")
    assert {browser.get(f"/setup/{step}/").status_code for step in STEPS} == {404}
    assert browser.get(START).status_code == 404
    kinds = set(Event.objects.values_list("kind", flat=True))
    assert {"setup.operator_created", "site.changed", "setup.finished"} <= kinds


def there_and_back(browser: Client, page: str) -> None:
    """Off to Microsoft by the link of the page, and back to that page with a good sign-in."""
    away = re.findall(r'href="(/admin/connections/connection/\d+/sign-in/[^"]*)"', page)
    assert "/authorize?" in browser.get(away[0])["Location"]
    who = SignedIn(refresh_token="new", tenant_id="t", user_name="admin@contoso", has_mfa=True)
    with patch("connections.remote.finish", return_value=who):
        back = browser.get(reverse("admin:signed_in"), {"code": 1})
    assert back["Location"] == "/setup/microsoft/"
    assert "admin@contoso" in words(browser.get("/setup/microsoft/"))
    assert "authorize" in browser.get(away[0].replace("/setup", "//elsewhere.example"))["Location"]
    with patch("connections.remote.finish", return_value=who):
        stays = browser.get(reverse("admin:signed_in"), {"code": 1})
    assert stays["Location"].startswith("/admin/"), "only a page of ours is come back to"


def sandbox_secret(settings: Settings) -> str:
    secret = settings.PARTNER_CENTER["eu"]["OPTIONS"]["client_secret"]
    assert secret
    return str(secret)


def test_codes_are_good_once_and_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    first = code()
    second = code()
    browser, other = Client(), Client()
    assert browser.post(START, {"code": first}).status_code == 422, "a newer one was made"
    for step in STEPS:
        assert browser.get(f"/setup/{step}/")["Location"] == START
    assert browser.get("/setup/person/")["Location"] == START
    for _wrong in range(codes.FREE_TRIES - 1):
        assert browser.post(START, {"code": "AAAAA"}).status_code == 422
    blocked = other.post(START, {"code": second})
    assert blocked.context["form"].errors["code"][0].startswith("Too many wrong codes")
    Setup.objects.update(blocked_until=None)
    assert other.post(START, {"code": second}).status_code == 302
    assert browser.post(START, {"code": second}).status_code == 422, "used"
    assert browser.post("/setup/person/", PERSON)["Location"] == START
    third = code()
    assert other.post("/setup/person/", PERSON)["Location"] == START, "a newer code was made"
    other.post(START, {"code": third})
    other.post("/setup/person/", PERSON)
    assert browser.get(START)["Location"].startswith("/sign-in/login/")
    assert "Code" not in told(), "who is staff signs in; no code opens anything"
    assert User.objects.count() == 1


def test_nobody_else_gets_in(people: People) -> None:
    assert "is set up" in told()
    assert Setup.open() is None
    told("--again")
    for who in ("owner", "viewer", "stranger"):
        for step in ["", *(f"{step}/" for step in STEPS)]:
            assert people.client(who).get(f"{START}{step}").status_code == 404
    clerk = User.objects.create_user("clerk@portal.example", PASSWORD, is_staff=True)
    browser = Client()
    browser.force_login(clerk)
    assert browser.get("/setup/site/").status_code == 404, "staff with few rights"
    assert people.staff.get("/setup/site/").status_code == 200
    setup = Setup.open()
    assert setup is not None and services.finish(setup=setup, by=people.user("staff").by)
    assert people.staff.get("/setup/site/").status_code == 404
    assert not services.finish(setup=setup, by=people.user("staff").by)
    assert services.begin() is None


def test_the_launcher_keeps_the_code_for_its_owner_alone(tmp_path: Path) -> None:
    file = tmp_path / "setup.txt"
    told("--file", str(file))
    assert file.stat().st_mode & 0o777 == 0o600
    assert Client().post(START, {"code": file.read_text().split()[-1]}).status_code == 302
    setup = Setup.objects.get()
    setup.finish()
    told("--file", str(file))
    assert not file.exists()


def test_the_portal_speaks_to_visitors_as_the_operator_chose() -> None:
    Site.objects.create(pk=1, **SITE)
    page = words(Client().get("/sign-in/login/"))
    assert 'lang="fr"' in page and "Contoso Distribution" in page
    asked = Client().get("/sign-in/login/", headers={"Accept-Language": "en-GB,de;q=0.5"})
    assert 'lang="en"' in words(asked)


def test_the_first_two_pages_can_be_translated() -> None:
    key = code()
    browser = Client(headers={"accept-language": LANGUAGE})
    with marked():
        pages = [words(browser.get(START)), words(browser.post(START, {"code": "wrong"}))]
        browser.post(START, {"code": key})
        wrong = {**PERSON, "again": "other"}
        pages += [
            words(browser.get("/setup/person/")),
            words(browser.post("/setup/person/", wrong)),
        ]
    assert not [found for page in pages if (found := english(page))]
