"""System health: what stands, what does not, what to do; for staff, and within seconds."""

import json
import time
from collections.abc import Iterator
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now
from kombu.exceptions import OperationalError

from accounts.models import Account
from connections.models import Connection, digest
from dnsconfig.embedded.models import OwnZone
from dnsconfig.models import ZoneConnection
from journal import pulse
from journal import services as journal
from journal.models import NextActor, Operation, State
from journal.people import PORTAL
from panel import doctor
from panel.doctor import checks, engines, findings, rounds
from panel.doctor.findings import Check, Finding, Result
from tests.people import People

PAGE = "/staff/health/"
SECRET = "not-for-staffs-eyes"


@pytest.fixture
def quiet(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Nobody outside is asked."""
    monkeypatch.setattr(rounds, "every", ours)
    yield


def ours() -> list[Check]:
    """The database, and what reads our own rows, settings and disk."""
    return [each for each in checks.every() if each is checks.DATABASE or not each.is_outside]


def found(name: str) -> Result:
    return next(result for result in doctor.examine().results if result.id == name)


def state_of(name: str) -> str:
    return str(found(name).finding.state)


def asked(kind: str, **members: Any) -> Operation:
    operation = journal.ask(kind=kind, account_id=None, subject=f"test:{kind}", by=PORTAL)
    Operation.objects.filter(pk=operation.pk).update(**members)
    operation.refresh_from_db()
    return operation


def test_staff_sees_every_check_and_nobody_else_does(people: People, quiet: None) -> None:
    html = people.staff.get(PAGE).content.decode()
    for check in ours():
        assert f'id="{check.id}"' in html
    for who in ("owner", "viewer", "stranger"):
        assert people.client(who).get(PAGE).status_code == 404
    assert people.client("nobody").get(PAGE)["Location"].startswith("/sign-in/login/")


def test_the_sandbox_answers_for_everybody(people: People, live_sandbox: Any) -> None:
    told = {result.id: result.finding for result in doctor.examine().results}
    for name in ("postgresql", "migrations", "broker", "microsoft-eu", "smtp", "dns", "mode"):
        assert told[name].state == "ok", told[name]
    assert live_sandbox.url in told["mode"].text


def test_what_is_away_is_named_with_what_to_do(people: People, settings: Any) -> None:
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    settings.DNS_ROOTS, settings.DNS_PORT = ["127.0.0.1"], 1
    gone = {"authority": "http://127.0.0.1:1", "partner_center": "http://127.0.0.1:1"}
    settings.PARTNER_CENTER = {"eu": {"OPTIONS": gone}}
    for result in doctor.examine().results:
        if result.id in ("broker", "smtp", "dns", "microsoft-eu"):
            assert result.finding.state == "failed", result
            assert result.finding.to_do


def test_one_that_hangs_or_breaks_keeps_nobody_waiting(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_down() -> Finding:
        raise RuntimeError(SECRET)

    def hang() -> Finding:
        time.sleep(30)
        return findings.ok("")

    def sleep_in_the_database() -> Finding:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_sleep(30)")
        return findings.ok("")

    some = [
        Check("sleeps", "Sleeps", sleep_in_the_database),
        checks.DATABASE,
        Check("hangs", "Hangs", hang, is_outside=True),
        Check("breaks", "Breaks", break_down, is_outside=True),
        Check("broken", "Broken", break_down),
    ]
    monkeypatch.setattr(rounds, "every", lambda: some)
    monkeypatch.setattr(rounds, "LIMIT", 0.2)
    began = time.monotonic()
    told = {result.id: result.finding for result in doctor.examine().results}
    assert time.monotonic() - began < 20
    assert told["postgresql"].state == "ok"
    assert {told[name].state for name in ("hangs", "breaks", "broken", "sleeps")} == {"unknown"}
    assert "RuntimeError" in told["breaks"].text and SECRET not in str(told)


def test_late_work_and_errors_are_counted_by_kind(people: People, quiet: None) -> None:
    assert (state_of("lag"), state_of("errors")) == ("ok", "ok")
    asked("catalogue.sync", not_before=now() - timedelta(minutes=3))
    assert state_of("lag") == "warning"
    asked("sync.sweep", not_before=now() - timedelta(minutes=30))
    assert state_of("lag") == "failed"
    asked("partner.check", state=State.ERROR, next_actor=NextActor.RESELLER)
    assert state_of("errors") == "ok"
    asked("order.checkout", state=State.ERROR, next_actor=NextActor.STAFF)
    finding = found("errors").finding
    assert (finding.state, finding.details) == (
        "warning",
        ("Place the order: 1", "Check an MPN ID at Microsoft: 1"),
    )
    asked("notice.mail", state=State.ERROR)
    assert state_of("mails") == "warning"


def test_workers_are_counted(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    class Control:
        answers: Any = [{"celery@one": {"ok": "pong"}}, {"celery@two": {"ok": "pong"}}]

        def ping(self, timeout: float) -> Any:
            if isinstance(self.answers, Exception):
                raise self.answers
            return self.answers

    control = Control()
    monkeypatch.setattr(engines.current_app, "control", control, raising=False)
    assert engines.workers().text == "2 workers answer."
    control.answers = []
    assert engines.workers().state == "failed"
    control.answers = OperationalError()
    assert engines.workers().state == "unknown"


def test_the_schedule_is_heard_of(people: People, quiet: None) -> None:
    assert state_of("schedule") == "unknown"
    pulse.beat("sweep")
    assert state_of("schedule") == "ok"
    pulse.cache.set("journal-pulse:plan_daily", now() - timedelta(hours=1))
    assert state_of("schedule") == "failed"
    pulse.beat("plan_daily")
    assert state_of("schedule") == "ok"


def test_the_sweep_leaves_its_pulse(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    from journal import tasks

    monkeypatch.setattr(tasks.bell, "unheard", lambda: 500)
    assert pulse.last("sweep") is None
    tasks.sweep()
    assert pulse.last("sweep") is not None


def test_a_sign_in_that_was_refused_says_what_to_do(people: People, quiet: None) -> None:
    row = Connection.objects.create(
        alias="eu", token=SECRET, token_digest=digest(SECRET), used_at=now(), has_mfa=True
    )
    assert state_of("sign-in-eu") == "ok"
    Connection.objects.filter(pk=row.pk).update(used_at=now() - timedelta(days=80))
    assert state_of("sign-in-eu") == "warning"
    Connection.objects.filter(pk=row.pk).update(refused_at=now(), refused_code="AADSTS700082")
    finding = found("sign-in-eu").finding
    assert finding.state == "failed" and "90 days" in finding.to_do
    assert SECRET not in people.staff.get(PAGE).content.decode()


def test_zones_that_could_not_be_listed(people: People, quiet: None) -> None:
    account: Account = people.northwind.account
    row = ZoneConnection.objects.create(
        account=account, provider="ovh", label="Ours", keys={"application_secret": SECRET}
    )
    operation = journal.ask(
        kind="dns.list_zones", account_id=account.pk, subject=row.key, by=PORTAL
    )
    Operation.objects.filter(pk=operation.pk).update(state=State.ERROR)
    finding = found("zone-hosts").finding
    assert finding.state == "warning" and "Ours" in finding.details[0]
    assert SECRET not in people.staff.get(PAGE).content.decode()


def test_own_zones_that_nobody_serves(people: People, quiet: None, settings: Any) -> None:
    assert state_of("own-zones") == "ok"
    OwnZone.objects.create(
        account=people.northwind.account,
        name="own.example",
        serial=1,
        name_servers=["ns1.host.example"],
    )
    settings.ZONES_DNS_PORT = 1
    assert state_of("own-zones") == "warning"


def test_settings_that_are_not_safe(people: People, quiet: None, settings: Any) -> None:
    settings.PORTAL_URL, settings.ALLOWED_HOSTS = "http://portal.example", ["*"]
    finding = found("settings").finding
    assert finding.state == "warning" and len(finding.details) >= 3
    assert settings.SECRET_KEY not in str(finding)


def test_the_command_says_the_same_and_ends_with_one_when_something_failed(
    people: People, quiet: None
) -> None:
    out = StringIO()
    call_command("doctor", json=True, stdout=out)
    told = json.loads(out.getvalue())
    assert [check["id"] for check in told["checks"]] == [check.id for check in ours()]
    asked("sync.sweep", not_before=now() - timedelta(minutes=30))
    out = StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("doctor", stdout=out)
    assert ended.value.code == 1
    assert "FAILED   Delay of the work" in out.getvalue()


def test_it_is_kept_for_a_moment_and_asks_as_often_for_many_rows(
    people: People, quiet: None
) -> None:
    people.staff.get(PAGE)
    asked("sync.sweep", not_before=now() - timedelta(minutes=30))
    assert "Everything works" not in people.staff.get(PAGE).content.decode()
    with CaptureQueriesContext(connection) as few:
        doctor.examine()
    for _each in range(20):
        asked("order.checkout", state=State.ERROR, next_actor=NextActor.STAFF)
    with CaptureQueriesContext(connection) as many:
        doctor.examine()
    assert len(many) == len(few)
