"""The customer's contact: told what is kept, handed out, and taken out of every table."""

import json
from collections.abc import Callable
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils.timezone import now

from accounts.models import Erasure
from common.refusals import Impossible
from journal import services as journal
from journal.models import Event, Operation, State
from journal.people import PORTAL
from sandbox.faults import Fault
from subscriptions.models import Subscription
from tenants import personal_data
from tenants.models import Agreement, Tenant
from tests.accounts.factor.app import prove_by_password
from tests.everywhere import sealed_columns, where
from tests.orders.wishes import CONTACT
from tests.people import People

Run = Callable[..., int]

VALUES = ("office@contoso-bakery.example", CONTACT["phone"], CONTACT["address"])


def page_of(tenant: Tenant) -> str:
    return f"/services/{tenant.service_name}/contact/"


def test_the_owner_reads_what_is_kept_and_takes_it_along(people: People, tenant: Tenant) -> None:
    page = people.owner.get(page_of(tenant)).content.decode()
    assert "1095 days after the last subscription ended" in page
    answer = people.owner.get(f"{page_of(tenant)}json/")
    assert "no-store" in answer.headers["Cache-Control"]
    told = json.loads(answer.content)
    assert told["contact"]["email"] == CONTACT["email"]
    assert told["agreement"]["agreed_on"]
    assert "tenant.create_customer" in {row["kind"] for row in told["operations"]}
    assert told == {**personal_data.export(tenant=tenant), "exported_at": told["exported_at"]}
    rest = people.api("owner").get(f"/api/v1/tenants/{tenant.service_name}/contact")
    assert rest.json()["contact"] == told["contact"]


@pytest.mark.parametrize(("who", "status"), [("manager", 403), ("viewer", 403), ("stranger", 404)])
def test_nobody_else_does(people: People, tenant: Tenant, who: str, status: int) -> None:
    for address in (page_of(tenant), f"{page_of(tenant)}json/"):
        assert people.client(who).get(address).status_code == status
    sent = {"typed_name": tenant.service_name}
    assert people.client(who).post(page_of(tenant), sent).status_code == status
    api = people.api(who)
    assert api.delete(f"/api/v1/tenants/{tenant.service_name}/contact").status_code == status
    tenant.refresh_from_db()
    assert tenant.contact_erased_at is None


def test_erased_it_is_nowhere(people: People, tenant: Tenant) -> None:
    """Neither in rows, nor in the history, nor in what is encrypted."""
    Agreement.objects.filter(tenant=tenant).update(
        first_name="Claire", last_name="Dubois", email="claire@contoso-bakery.example"
    )
    journal.record(
        kind="tenant.note",
        account_id=tenant.account_id,
        subject=tenant.key,
        data={"said": "Claire Dubois called", "list": [{"to": CONTACT["email"].upper()}]},
    )
    values = (*VALUES, "claire@contoso-bakery.example", "Dubois")
    assert len(where(*values)) > 5
    assert "journal.Operation.secret" in sealed_columns()

    prove_by_password(people.owner)
    wrong = people.owner.post(page_of(tenant), {"typed_name": "something else"})
    assert wrong.status_code == 422
    people.owner.post(page_of(tenant), {"typed_name": tenant.service_name})

    assert where(*values) == set()
    erasure = Erasure.objects.get()
    assert erasure.rows > 0
    tenant.refresh_from_db()
    assert (tenant.first_name, tenant.company) == (erasure.pseudonym, CONTACT["company"])
    note = Event.objects.get(kind="tenant.note")
    assert note.data["said"] == f"{erasure.pseudonym} called"
    event = Event.objects.get(kind="tenant.contact_erased")
    assert event.data["pseudonym"] == erasure.pseudonym
    assert event.by_label == "owner@northwind.example"
    page = people.owner.get(page_of(tenant)).content.decode()
    assert "The contact was erased on" in page


def test_the_history_stays_whole(people: People, tenant: Tenant) -> None:
    before = list(Operation.objects.order_by("pk").values_list("pk", "kind", "state"))
    events = Event.objects.count()
    personal_data.erase(tenant=tenant, by=PORTAL)
    assert list(Operation.objects.order_by("pk").values_list("pk", "kind", "state")) == before
    assert Event.objects.count() == events + 1


def test_another_account_keeps_its_own(people: People, tenant: Tenant) -> None:
    """The same person is the contact of a customer of Fabrikam's."""
    other = Tenant.objects.create(
        account=people.fabrikam.account,
        partner_id=people.fabrikam.partner_id,
        service_name="other.onmicrosoft.com",
        email=CONTACT["email"],
    )
    journal.record(
        kind="tenant.note",
        account_id=other.account_id,
        subject=other.key,
        data={"to": CONTACT["email"]},
    )
    personal_data.erase(tenant=tenant, by=PORTAL)
    assert where(CONTACT["email"]) == {"tenants.Tenant.email", "journal.Event.data"}


def test_nothing_is_mailed_to_an_erased_contact(people: People, tenant: Tenant) -> None:
    personal_data.erase(tenant=tenant, by=PORTAL)
    address = f"/services/{tenant.service_name}/password/"
    page = people.operator.post(address, {"delivery": "mail"})
    assert page.status_code == 422
    assert "nobody is left to mail it to" in page.content.decode()
    assert people.operator.post(address, {"delivery": "show"}).status_code == 302


def test_not_while_something_needs_it(
    people: People, tenant: Tenant, sandbox: Any, run_journal: Run
) -> None:
    people.operator.post(f"/services/{tenant.service_name}/password/", {"delivery": "mail"})
    with pytest.raises(Impossible, match="under way"):
        personal_data.erase(tenant=tenant, by=PORTAL)
    run_journal(skip_pauses=True)
    prove_by_password(people.owner)
    assert (
        people.owner.post(page_of(tenant), {"typed_name": tenant.service_name}).status_code == 302
    )
    again = people.owner.post(page_of(tenant), {"typed_name": tenant.service_name})
    assert again.status_code == 422
    assert "The contact was erased on" in again.content.decode()


def test_a_stored_request_of_a_failed_operation_is_dropped(
    people: People, tenant: Tenant, sandbox: Any, run_journal: Run
) -> None:
    sandbox.faults.add(Fault(kind="status", status=403, path="resetpassword", times=-1))
    people.operator.post(f"/services/{tenant.service_name}/password/", {"delivery": "mail"})
    run_journal(skip_pauses=True)
    failed = Operation.objects.get(kind="tenant.reset_password", state=State.ERROR)
    Operation.objects.filter(pk=failed.pk).update(secret={"text": f"Dear {CONTACT['email']}"})
    Operation.objects.filter(after=failed).update(state=State.CANCELLED)
    personal_data.erase(tenant=tenant, by=PORTAL)
    assert where(*VALUES) == set()
    failed.refresh_from_db()
    assert (failed.state, failed.secret, failed.request) == (State.CANCELLED, None, None)


def test_what_ended_long_ago_is_erased_by_itself(people: People, tenant: Tenant) -> None:
    long_ago = now() - timedelta(days=1096)
    Tenant.objects.filter(pk=tenant.pk).update(updated_at=long_ago)
    Subscription.objects.update(updated_at=long_ago)
    assert personal_data.apply_retention() == 0  # its subscription still runs
    Subscription.objects.update(status="deleted", updated_at=now())
    assert personal_data.apply_retention() == 0  # it ended only now
    Subscription.objects.update(updated_at=long_ago)
    assert personal_data.apply_retention() == 1
    assert personal_data.apply_retention() == 0
    assert Erasure.objects.get().because == "retention"
    assert where(*VALUES) == set()


def test_the_operators_command(people: People, tenant: Tenant) -> None:
    out = StringIO()
    call_command("personal_data", "export", CONTACT["email"].upper(), stdout=out)
    assert json.loads(out.getvalue())["contact"][0]["service"] == tenant.service_name
    call_command("personal_data", "erase", CONTACT["email"], by="request 12", stdout=StringIO())
    assert where(*VALUES) == set()
    assert Erasure.objects.get().by_label == "request 12"
    with pytest.raises(CommandError, match="Nothing is kept"):
        call_command("personal_data", "export", CONTACT["email"])


def test_staff_does_it_in_the_admin(people: People, tenant: Tenant) -> None:
    page = "/admin/tenants/tenant/"
    sent = {"action": "export_contact", "_selected_action": [tenant.pk]}
    [told] = json.loads(people.staff.post(page, sent).content)
    assert told["contact"]["email"] == CONTACT["email"]
    answer = people.staff.post(page, {**sent, "action": "erase_contact"}, follow=True)
    assert "1 of 1 changed." in answer.content.decode()
    assert where(*VALUES) == set()


def test_through_rest(people: People, tenant: Tenant) -> None:
    api = people.api("owner")
    answer = api.delete(f"/api/v1/tenants/{tenant.service_name}/contact")
    assert answer.json() == {"pseudonym": Erasure.objects.get().pseudonym}
    assert api.delete(f"/api/v1/tenants/{tenant.service_name}/contact").status_code == 422
    assert where(*VALUES) == set()
