"""Delegated rights (GDAP): their end is watched, told in time, put off or asked for anew."""

from collections.abc import Callable
from datetime import timedelta
from html import unescape
from typing import Any

import pytest

from common.clock import microsoft_now
from journal.models import Event, Operation
from sandbox.faults import Fault
from sandbox.microsoft import gdap as gdaps
from tenants import rights
from tenants.models import Gdap, GdapState, Tenant
from tests.people import People

Run = Callable[..., int]


def of(tenant: Tenant) -> Gdap:
    return Gdap.objects.get(tenant=tenant)


def at_microsoft(world: Any, tenant: Tenant, **changes: Any) -> None:
    """Somebody has changed the relationship there."""
    with world.change():
        world.table("gdap")[of(tenant).microsoft_id] |= changes


def look(tenant: Tenant, run: Run) -> Gdap:
    """The daily look, today."""
    Operation.objects.filter(kind=rights.CHECK).update(once=None)
    rights.plan_rights_checks()
    run(skip_pauses=True)
    return of(tenant)


def in_days(world: Any, tenant: Tenant, days: float, run: Run) -> Gdap:
    """So many days before the end."""
    ends_at = of(tenant).ends_at
    assert ends_at is not None
    world.offset += ends_at - timedelta(days=days) - microsoft_now()
    return look(tenant, run)


def page_of(people: People, tenant: Tenant, who: str = "operator") -> str:
    return unescape(people.client(who).get(tenant.get_absolute_url()).content.decode())


def test_rights_that_extend_by_themselves_need_nobody(
    people: People, tenant: Tenant, sandbox: Any, run_journal: Run, mailoutbox: list[Any]
) -> None:
    assert of(tenant).extends
    first_end = of(tenant).ends_at
    assert first_end is not None
    assert in_days(sandbox, tenant, 5, run_journal).is_ready
    assert in_days(sandbox, tenant, -2, run_journal).ends_at == first_end + timedelta(days=180)
    assert of(tenant).is_ready
    assert mailoutbox == []
    page = page_of(people, tenant)
    assert "Microsoft extends them by itself." in page
    assert "/rights/" not in page


def test_warned_60_30_and_7_days_before(
    tenant: Tenant, sandbox: Any, run_journal: Run, mailoutbox: list[Any]
) -> None:
    at_microsoft(sandbox, tenant, extend="PT0S")
    told = []
    for days in (61, 59.5, 45, 29.5, 20, 6.5, 3):
        gdap = in_days(sandbox, tenant, days, run_journal)
        assert gdap.is_ready
        told.append(len(mailoutbox) // 2)  # owner and manager
    assert told == [0, 1, 1, 2, 2, 3, 3]
    assert {mail.to[0] for mail in mailoutbox} == {
        "owner@northwind.example", "manager@northwind.example",
    }  # fmt: skip
    assert "end soon" in mailoutbox[0].subject


def test_extended_on_wish(
    people: People, tenant: Tenant, sandbox: Any, run_journal: Run, mailoutbox: list[Any]
) -> None:
    at_microsoft(sandbox, tenant, extend="PT0S")
    in_days(sandbox, tenant, 20, run_journal)
    page = page_of(people, tenant)
    assert "They end then unless you extend them." in page
    assert "/rights/" not in page_of(people, tenant, "viewer")
    address = f"/services/{tenant.service_name}/rights/"
    assert people.viewer.post(address).status_code == 403
    people.operator.post(address)
    people.operator.post(address)
    run_journal()
    assert of(tenant).extends
    assert Operation.objects.filter(kind=rights.EXTEND).count() == 1
    assert in_days(sandbox, tenant, -2, run_journal).is_ready


@pytest.mark.parametrize("kind", ["drop_before", "drop_after", "html", "status"])
def test_extended_once_though_answers_are_lost(
    people: People, tenant: Tenant, sandbox: Any, run_journal: Run, kind: str
) -> None:
    at_microsoft(sandbox, tenant, extend="PT0S")
    look(tenant, run_journal)
    sandbox.faults.add(Fault(kind=kind, service="graph", method="PATCH", status=503, times=2))
    people.api("operator").post(f"/api/v1/tenants/{tenant.service_name}/rights")
    run_journal(skip_pauses=True)
    assert of(tenant).extends
    assert sandbox.table("gdap")[of(tenant).microsoft_id]["extend"] == "P180D"
    assert Operation.objects.get(kind=rights.EXTEND).state == "done"


@pytest.mark.parametrize(("times", "state"), [(1, "done"), (2, "error")])
def test_extended_from_the_newest_version_read_again_once(
    people: People, tenant: Tenant, sandbox: Any, run_journal: Run, times: int, state: str
) -> None:
    at_microsoft(sandbox, tenant, extend="PT0S")
    look(tenant, run_journal)
    sandbox.faults.add(
        Fault(kind="status", service="graph", method="PATCH", status=412, times=times)
    )
    people.api("operator").post(f"/api/v1/tenants/{tenant.service_name}/rights")
    run_journal()
    assert Operation.objects.get(kind=rights.EXTEND).state == state
    assert of(tenant).extends is (state == "done")


def test_ended_by_the_customer_and_asked_for_anew(
    people: People, tenant: Tenant, sandbox: Any, run_journal: Run, mailoutbox: list[Any]
) -> None:
    old = of(tenant).microsoft_id
    at_microsoft(sandbox, tenant, status="terminated")
    gdap = look(tenant, run_journal)
    assert (gdap.state, gdap.is_ready) == (GdapState.TERMINATED, False)
    assert "have ended" in mailoutbox[0].subject
    look(tenant, run_journal)
    assert len(mailoutbox) == 2  # told once, to two people
    assert Event.objects.filter(kind="tenant.rights_ended").count() == 1
    assert "Ask again for the delegated rights" in page_of(people, tenant)
    reset = people.operator.post(f"/services/{tenant.service_name}/password/", {"delivery": "show"})
    assert reset.status_code == 422

    with sandbox.change():
        sandbox.table("settings")["gdap"] = {"auto": False}
    people.operator.post(f"/services/{tenant.service_name}/rights/")
    run_journal(skip_pauses=True)
    assert of(tenant).state == GdapState.PENDING
    assert "The customer's administrator approves here:" in page_of(people, tenant)
    gdaps.approve(sandbox, domain=tenant.service_name)
    assert rights.rights_changed(gdap_id=of(tenant).microsoft_id)
    run_journal(skip_pauses=True)
    assert of(tenant).is_ready
    assert of(tenant).microsoft_id != old


def test_a_request_that_ended_unapproved_is_asked_anew(
    people: People, tenant: Tenant, sandbox: Any, run_journal: Run
) -> None:
    with sandbox.change():
        sandbox.table("settings")["gdap"] = {"auto": False}
    at_microsoft(sandbox, tenant, status="terminated")
    look(tenant, run_journal)
    address = f"/services/{tenant.service_name}/rights/"
    people.operator.post(address)
    run_journal(skip_pauses=True)
    at_microsoft(sandbox, tenant, status="expired")
    rights.rights_changed(gdap_id=of(tenant).microsoft_id)
    run_journal(skip_pauses=True)
    assert of(tenant).state == GdapState.EXPIRED
    people.operator.post(address)
    run_journal(skip_pauses=True)
    assert (of(tenant).state, of(tenant).renewals) == (GdapState.PENDING, 2)
    assert not Operation.objects.filter(state="error").exists()


def test_expired(tenant: Tenant, sandbox: Any, run_journal: Run) -> None:
    at_microsoft(sandbox, tenant, extend="PT0S")
    assert in_days(sandbox, tenant, -1, run_journal).state == GdapState.EXPIRED


def test_nothing_to_renew(people: People, tenant: Tenant) -> None:
    api = people.api("operator")
    address = f"/api/v1/tenants/{tenant.service_name}/rights"
    assert api.post(address).json()["title"] == "Microsoft extends these rights by itself."
    of(tenant).move(GdapState.PENDING)
    assert "not approved" in api.post(address).json()["title"]
    shown = api.get(f"/api/v1/tenants/{tenant.service_name}").json()
    assert shown["rights_extend"] is True
    assert shown["rights_end_at"]


def test_one_look_a_day_for_all(tenant: Tenant, run_journal: Run) -> None:
    assert rights.plan_rights_checks() == 1
    assert rights.plan_rights_checks() == 1
    assert Operation.objects.filter(kind=rights.CHECK).count() == 1
    run_journal()
    assert of(tenant).checked_at is not None


def test_a_word_about_somebody_elses_relationship(tenant: Tenant) -> None:
    assert not rights.rights_changed(gdap_id="11111111-0000-4000-8000-000000000000")
