"""The provider's sign-in at Microsoft: kept, renewed, refused, and renewed by a person."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from unittest.mock import patch

import pytest
from django.core import mail

from common.clock import microsoft_now
from common.errors import SignInNeeded
from connections import services
from connections.models import LIFE, Connection, Health
from connections.store import PROBE, RefreshTokens
from journal import services as journal
from journal.models import Event, NextActor, Operation, State
from journal.people import By
from partnercenter import connect
from partnercenter.signin import SignedIn
from tests.people import People

BACK = "/admin/connections/connection/signed-in/"
STAFF = By(label="staff@portal.example")
pytestmark = pytest.mark.django_db


def expire(sandbox: Any) -> None:
    with sandbox.change():
        sandbox.table("refresh_tokens")["sandbox-refresh-token"]["state"] = "expired"


def check(subject: str = "eu") -> Operation:
    return journal.ask(
        kind="connection.check",
        account_id=None,
        subject=f"connection:{subject}",
        params={"alias": "eu"},
        by=STAFF,
    )


def test_the_token_of_the_settings_is_taken_over_once(sandbox: Any) -> None:
    connect("eu").own_profile()
    connection = Connection.objects.get(alias="eu")
    assert connection.token.startswith("1.sandbox-")  # renewed by its first use
    assert connection.health(microsoft_now()) == Health.GOOD
    services.sign_in(alias="eu", token="newer", user_name="a", has_mfa=True, by=STAFF)
    store = RefreshTokens("eu", {"refresh_token": "sandbox-refresh-token"})
    assert store.load() == "newer"
    assert RefreshTokens("eu", {"refresh_token": "another one in the settings"}).load() == (
        "another one in the settings"
    )


def test_a_token_in_the_database_cannot_be_read(sandbox: Any) -> None:
    connect("eu").own_profile()
    from django.db import connection as database

    with database.cursor() as cursor:
        cursor.execute("SELECT token FROM connections_connection")
        assert b"sandbox-" not in bytes(cursor.fetchone()[0])


def test_a_renewed_token_replaces_only_the_one_it_came_from() -> None:
    store = RefreshTokens("eu", {"refresh_token": "first"})
    assert store.load() == "first"
    store.save(used="first", received="second")
    assert store.load() == "second"
    store.save(used="first", received="of a slower worker")
    assert store.load() == "second"


def test_a_refused_sign_in_makes_operations_wait_until_somebody_signs_in(
    people: People,
    sandbox: Any,
    run_journal: Callable[..., int],
) -> None:
    expire(sandbox)
    first, second = check(), check("other")
    run_journal()
    for operation in (first, second):
        operation.refresh_from_db()
        assert (operation.state, operation.next_actor) == (State.TODO, NextActor.STAFF)
        assert operation.failures == 0
    connection = Connection.objects.get()
    assert connection.refused_code == "AADSTS700082"
    assert connection.health(microsoft_now()) == Health.ENDED
    assert Event.objects.filter(kind="connection.refused").count() == 1

    with sandbox.change():
        sandbox.table("refresh_tokens")["fresh"] = {
            **sandbox.table("refresh_tokens")["sandbox-refresh-token"],
            "state": "good",
        }
    services.sign_in(alias="eu", token="fresh", user_name="a", has_mfa=True, by=STAFF)
    run_journal()
    first.refresh_from_db()
    assert first.state == State.DONE


def test_while_refused_the_login_is_not_asked_again(sandbox: Any) -> None:
    expire(sandbox)
    for _try in range(3):
        with pytest.raises(SignInNeeded):
            connect("eu").own_profile()
    logins = [call for call in sandbox.calls() if call["path"].endswith("/token")]
    assert len(logins) == 1
    Connection.objects.update(refused_at=microsoft_now() - PROBE)
    with pytest.raises(SignInNeeded):
        connect("eu").own_profile()
    logins = [call for call in sandbox.calls() if call["path"].endswith("/token")]
    assert len(logins) == 2


def test_staff_is_told_once_when_it_is_refused(
    people: People, sandbox: Any, run_journal: Callable[..., int]
) -> None:
    assert people.user("staff").is_staff
    expire(sandbox)
    check()
    run_journal()
    Connection.objects.update(refused_at=microsoft_now() - PROBE)
    Operation.objects.filter(kind="connection.check").update(not_before=microsoft_now())
    run_journal()
    told = [m for m in mail.outbox if m.to == ["staff@portal.example"]]
    assert len(told) == 1
    assert "AADSTS700082" in str(told[0].body)
    assert "not used for 90 days" in str(told[0].body)


def test_staff_is_told_14_7_and_1_days_before_the_end(
    people: People, run_journal: Callable[..., int]
) -> None:
    assert people.user("staff").is_staff
    RefreshTokens("eu", {"refresh_token": "first"}).load()
    start = Connection.objects.get().used_at
    told = [day for day in range(92) if services.warn(alias="eu", at=start + timedelta(days=day))]
    assert told == [LIFE.days - 14, LIFE.days - 7, LIFE.days - 1]
    run_journal()
    assert len([m for m in mail.outbox if m.to == ["staff@portal.example"]]) == 3


def test_staff_signs_in_again_from_the_admin(people: People, sandbox: Any) -> None:
    expire(sandbox)
    with pytest.raises(SignInNeeded):
        connect("eu").own_profile()
    page = people.staff.get("/admin/connections/connection/")
    assert "has ended" in page.content.decode()
    pk = Connection.objects.get().pk
    away = people.staff.get(f"/admin/connections/connection/{pk}/sign-in/")
    assert away.status_code == 302
    assert "/oauth2/v2.0/authorize?" in away["Location"]
    assert "code_challenge" in away["Location"]
    who = SignedIn(
        refresh_token="sandbox-good", tenant_id="t", user_name="admin@contoso", has_mfa=True
    )
    with patch("connections.remote.finish", return_value=who):
        back = people.staff.get(BACK, {"code": 1, "state": 2})
    assert back.status_code == 302
    assert Connection.objects.get().token == "sandbox-good"
    assert Event.objects.filter(kind="connection.signed_in").exists()


def test_a_sign_in_without_second_factor_or_of_another_browser_changes_nothing(
    people: People, sandbox: Any
) -> None:
    connect("eu").own_profile()
    before = Connection.objects.get()
    pk = before.pk
    people.staff.get(f"/admin/connections/connection/{pk}/sign-in/")
    weak = SignedIn(refresh_token="weak", tenant_id="t", user_name="a", has_mfa=False)
    with patch("connections.remote.finish", return_value=weak):
        page = people.staff.get(BACK, {"code": 1}, follow=True)
    assert "no second factor" in page.content.decode()
    page = people.staff.get(BACK, {"code": 1}, follow=True)
    assert "began elsewhere" in page.content.decode()
    people.staff.get(f"/admin/connections/connection/{pk}/sign-in/")
    page = people.staff.get(BACK, {"code": 1, "state": "forged"}, follow=True)
    assert "another sign-in" in page.content.decode()
    assert Connection.objects.get().token == before.token


@pytest.mark.parametrize("who", ["owner", "stranger", "nobody"])
def test_only_staff_may_sign_the_portal_in(people: People, sandbox: Any, who: str) -> None:
    connect("eu").own_profile()
    pk = Connection.objects.get().pk
    reply = people.client(who).get(f"/admin/connections/connection/{pk}/sign-in/")
    assert reply.status_code == 302
    assert "/authorize" not in reply["Location"]


def test_every_day_each_sign_in_is_used(sandbox: Any, run_journal: Callable[..., int]) -> None:
    connect("eu").own_profile()
    services.plan_checks()
    services.plan_checks()
    assert Operation.objects.filter(kind="connection.check").count() == 1
    run_journal()
    assert Operation.objects.get(kind="connection.check").state == State.DONE
