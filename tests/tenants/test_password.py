"""The admin password: made here, set at Microsoft, seen once by one person or mailed once."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import serializers
from django.utils.timezone import now

from journal.models import Attempt, Event, Operation
from sandbox.faults import Fault
from tenants import services
from tenants.models import Credential, GdapState, Tenant
from tests.people import People

Run = Callable[..., int]


def reset(people: People, tenant: Tenant, delivery: str) -> Any:
    address = f"/services/{tenant.service_name}/password/"
    return people.operator.post(address, {"delivery": delivery})


def at_microsoft(world: Any) -> str:
    """The password of the tenant's first administrator there."""
    return next(str(row["password"]) for row in world.table("users").values())


def test_it_is_shown_once_to_the_one_who_asked(
    people: People, tenant: Tenant, sandbox: Any, run_journal: Run
) -> None:
    waiting = reset(people, tenant, "show").headers["Location"]
    early = people.operator.post(waiting).content.decode()
    assert "Microsoft has not confirmed the new password yet." in early
    run_journal(skip_pauses=True)
    password = at_microsoft(sandbox)

    before = people.operator.get(waiting).content.decode()
    assert "Show the password" in before
    assert password not in before
    shown = people.operator.post(waiting)
    assert password in shown.content.decode()
    assert "no-store" in shown.headers["Cache-Control"]

    assert people.operator.post(waiting).status_code == 404
    assert people.operator.get(waiting).status_code == 404
    assert Credential.objects.get(purpose="reset").erased_because == "shown"
    assert Event.objects.filter(kind="tenant.password_shown").count() == 1


def test_nobody_else_sees_it(people: People, tenant: Tenant, run_journal: Run) -> None:
    waiting = reset(people, tenant, "show").headers["Location"]
    run_journal(skip_pauses=True)
    for who in ("owner", "manager", "viewer", "stranger"):
        assert people.client(who).post(waiting).status_code == 404
    credential = Credential.objects.get(purpose="reset")
    address = f"/api/v1/passwords/{credential.pk}/reveal"
    assert people.api("owner").post(address).status_code == 404


def test_through_rest(people: People, tenant: Tenant, sandbox: Any, run_journal: Run) -> None:
    api = people.api("operator")
    address = f"/api/v1/tenants/{tenant.service_name}/reset-password"
    asked = api.post(address, {"delivery": "show"}, format="json")
    assert asked.status_code == 202
    reveal = f"/api/v1/passwords/{asked.json()['credential']}/reveal"
    assert api.post(reveal).status_code == 422
    run_journal(skip_pauses=True)
    shown = api.post(reveal)
    assert shown.json() == {"login": tenant.admin_login, "password": at_microsoft(sandbox)}
    assert shown.headers["Cache-Control"] == "no-store"
    assert api.post(reveal).status_code == 404
    assert api.post(address, {"delivery": "shout"}, format="json").status_code == 400


def test_it_is_mailed_once_and_forgotten(
    people: People, tenant: Tenant, sandbox: Any, run_journal: Run, mailoutbox: list[Any]
) -> None:
    page = people.operator.post(
        f"/services/{tenant.service_name}/password/", {"delivery": "mail"}, follow=True
    )
    assert "The new password will be mailed to the customer." in page.content.decode()
    run_journal(skip_pauses=True)
    assert len(mailoutbox) == 1
    assert mailoutbox[0].to == ["office@contoso-bakery.example"]
    assert at_microsoft(sandbox) in mailoutbox[0].body
    assert Credential.objects.get(purpose="reset").erased_because == "mailed"
    run_journal(skip_pauses=True)
    assert len(mailoutbox) == 1


def test_a_lost_answer_sets_the_same_password_again(
    people: People, tenant: Tenant, sandbox: Any, run_journal: Run
) -> None:
    fault = {"method": "PATCH", "path": "/users/", "kind": "drop_after", "times": 2}
    sandbox.faults.add(Fault.from_json(fault))
    waiting = reset(people, tenant, "show").headers["Location"]
    run_journal(skip_pauses=True)
    assert at_microsoft(sandbox) in people.operator.post(waiting).content.decode()


def test_it_waits_for_the_customers_approval(people: People, tenant: Tenant) -> None:
    tenant.gdap.move(GdapState.PENDING)
    page = reset(people, tenant, "show")
    assert page.status_code == 422
    sentence = "The customer&#x27;s administrator must first approve the delegated rights."
    assert sentence in page.content.decode()
    api = people.api("operator")
    address = f"/api/v1/tenants/{tenant.service_name}/reset-password"
    assert api.post(address, {"delivery": "show"}, format="json").status_code == 422
    assert not Credential.objects.filter(purpose="reset").exists()
    assert not Operation.objects.filter(kind="tenant.reset_password").exists()


@pytest.mark.parametrize("delivery", ["", "shout"])
def test_it_must_go_somewhere(people: People, tenant: Tenant, delivery: str) -> None:
    page = reset(people, tenant, delivery)
    assert page.status_code == 422
    assert "id_delivery_error" in page.content.decode()
    assert not Credential.objects.filter(purpose="reset").exists()


def test_no_password_lies_about(
    people: People, tenant: Tenant, sandbox: Any, run_journal: Run
) -> None:
    """Neither the rows of the journal nor the admin hold it, while it waits to be shown."""
    reset(people, tenant, "show")
    run_journal(skip_pauses=True)
    password = at_microsoft(sandbox)
    kept = Credential.objects.get(purpose="reset")
    assert kept.secret == {"password": password}
    rows = [*Operation.objects.all(), *Event.objects.all(), *Attempt.objects.all()]
    assert password not in serializers.serialize("json", rows)
    pages = [f"/admin/tenants/tenant/{tenant.pk}/change/"]
    pages += [f"/admin/journal/operation/{row.pk}/change/" for row in Operation.objects.all()]
    for page in pages:
        answer = people.staff.get(page)
        assert answer.status_code == 200
        assert password not in answer.content.decode()


def test_what_nobody_fetched_is_forgotten_after_a_day(
    people: People, tenant: Tenant, run_journal: Run
) -> None:
    waiting = reset(people, tenant, "show").headers["Location"]
    run_journal(skip_pauses=True)
    assert services.forget_credentials() == 0
    kept = Credential.objects.filter(purpose="reset")
    kept.update(created_at=now() - timedelta(hours=25))
    assert services.forget_credentials() == 1
    assert services.forget_credentials() == 0
    gone = kept.get()
    assert (gone.secret, gone.erased_because) == (None, "expired")
    assert people.operator.get(waiting).status_code == 404


def test_a_first_password_waits_for_its_mail_a_week(people: People, tenant: Tenant) -> None:
    first = Credential.objects.create(
        tenant=tenant, purpose="initial", login=tenant.admin_login, secret={"password": "x"}
    )
    rows = Credential.objects.filter(pk=first.pk)
    rows.update(created_at=now() - timedelta(days=3))
    assert services.forget_credentials() == 0
    rows.update(created_at=now() - timedelta(days=8))
    assert services.forget_credentials() == 1
