"""One look at a tenant: what others changed is taken over and listed, our own changes are not."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from journal.models import Event, Operation
from partnercenter import connect
from subscriptions.models import Origin, Status, Subscription
from sync import services
from sync.models import Drift
from sync.remote.looking import look
from tenants.models import Tenant
from tests.people import People

Run = Callable[..., int]
pytestmark = pytest.mark.django_db


def look_at(tenant: Tenant, run_journal: Run) -> None:
    services.ask_look(tenant=tenant)
    run_journal()


def test_seats_changed_elsewhere_are_taken_over_and_listed(
    tenant: Tenant, subscription: Subscription, elsewhere: Any, run_journal: Run
) -> None:
    elsewhere(subscription, quantity=7)
    look_at(tenant, run_journal)
    subscription.refresh_from_db()
    assert subscription.quantity == 7
    drift = Drift.objects.get()
    assert (drift.field, drift.ours, drift.theirs) == ("quantity", "3", "7")
    assert Event.objects.filter(kind="subscription.changed_elsewhere").count() == 1
    look_at(tenant, run_journal)
    assert Drift.objects.count() == 1


def test_our_own_changes_are_no_drift(
    tenant: Tenant, subscription: Subscription, people: People, run_journal: Run
) -> None:
    people.manager.post(f"/subscriptions/{subscription.pk}/seats/", {"quantity": 4, "confirm": 1})
    look_at(tenant, run_journal)
    subscription.refresh_from_db()
    assert subscription.quantity == 4
    assert not Drift.objects.exists()


def test_a_subscription_with_a_change_under_way_is_left_to_it(
    tenant: Tenant, subscription: Subscription, elsewhere: Any, sandbox: Any
) -> None:
    elsewhere(subscription, quantity=7)
    Operation.objects.create(
        kind="subscription.change_seats",
        account_id=tenant.account_id,
        subject=subscription.key,
        listed_under=tenant.key,
        by_label="owner",
    )
    assert look(connect("eu"), tenant).drifts == 0
    subscription.refresh_from_db()
    assert subscription.quantity == 3


def test_a_subscription_bought_elsewhere_appears_marked(
    tenant: Tenant, subscription: Subscription, sandbox: Any, run_journal: Run
) -> None:
    Subscription.objects.filter(pk=subscription.pk).update(microsoft_id="", status="pending")
    Subscription.objects.filter(pk=subscription.pk).update(tenant=another(tenant))
    ended(tenant)
    look_at(tenant, run_journal)
    found = Subscription.objects.get(tenant=tenant, status=Status.ACTIVE)
    assert (found.origin, found.quantity, found.status) == (Origin.ELSEWHERE, 3, Status.ACTIVE)
    assert found.licence is not None
    assert Drift.objects.get().field == "bought"


def test_the_first_look_at_a_tenant_finds_what_was_there(
    tenant: Tenant, subscription: Subscription, sandbox: Any, run_journal: Run
) -> None:
    Subscription.objects.filter(pk=subscription.pk).update(microsoft_id="", status="pending")
    Subscription.objects.filter(pk=subscription.pk).update(tenant=another(tenant))
    look_at(tenant, run_journal)
    assert Subscription.objects.get(tenant=tenant).origin == Origin.ELSEWHERE
    assert not Drift.objects.exists()


def ended(tenant: Tenant) -> None:
    """An older subscription of the tenant's, long cancelled."""
    Subscription.objects.create(
        tenant=tenant,
        microsoft_id="00000000-0000-4000-8000-000000000001",
        name="Old",
        quantity=1,
        status=Status.DELETED,
        unit_price=1,
        currency="EUR",
    )


def another(tenant: Tenant) -> Tenant:
    return Tenant.objects.create(
        account=tenant.account,
        partner_id=tenant.partner_id,
        service_name="another.onmicrosoft.com",
        display_name="Another",
        country="FR",
    )


def test_one_cancelled_elsewhere_ends_here_too(
    tenant: Tenant, subscription: Subscription, elsewhere: Any, run_journal: Run
) -> None:
    elsewhere(subscription, status="deleted")
    look_at(tenant, run_journal)
    subscription.refresh_from_db()
    assert subscription.status == Status.DELETED
    assert Drift.objects.get().theirs == "deleted"


def test_a_renewal_is_nobodys_doing(
    tenant: Tenant, subscription: Subscription, sandbox: Any, run_journal: Run
) -> None:
    before = subscription.commitment_ends_at
    sandbox.offset += timedelta(days=400)
    connect("eu").own_profile()
    look_at(tenant, run_journal)
    subscription.refresh_from_db()
    assert subscription.commitment_ends_at is not None and before is not None
    assert subscription.commitment_ends_at > before
    assert not Drift.objects.exists()


def test_an_older_look_never_overwrites_a_newer_one(
    tenant: Tenant, subscription: Subscription, elsewhere: Any, run_journal: Run
) -> None:
    elsewhere(subscription, quantity=7)
    newer = subscription.as_of + timedelta(days=1)
    Subscription.objects.filter(pk=subscription.pk).update(as_of=newer, quantity=9)
    look_at(tenant, run_journal)
    subscription.refresh_from_db()
    assert subscription.quantity == 9


def test_a_list_that_lags_behind_is_not_believed(
    tenant: Tenant, subscription: Subscription, sandbox: Any, run_journal: Run
) -> None:
    Subscription.objects.filter(pk=subscription.pk).update(quantity=5)
    with sandbox.change():
        sandbox.table("subscriptions")[subscription.microsoft_id]["quantity"] = 5
    client = connect("eu")
    stale = client.subscriptions(customer_id=tenant.microsoft_id)
    asked = []

    class Lagging:
        def subscriptions(self, **_: Any) -> Any:
            return [type(stale[0])(**{**fields_of(stale[0]), "quantity": 3})]

        def subscription(self, **ids: Any) -> Any:
            asked.append(ids)
            return client.subscription(**ids)

    assert look(Lagging(), tenant).drifts == 0  # type: ignore[arg-type]
    assert len(asked) == 1
    subscription.refresh_from_db()
    assert subscription.quantity == 5


def fields_of(value: Any) -> dict[str, Any]:
    from dataclasses import fields

    return {each.name: getattr(value, each.name) for each in fields(value)}


def test_owners_see_and_note_what_was_changed(
    tenant: Tenant, subscription: Subscription, elsewhere: Any, run_journal: Run, people: People
) -> None:
    elsewhere(subscription, quantity=7)
    look_at(tenant, run_journal)
    page = people.viewer.get("/changes-elsewhere/?open=1").content.decode()
    assert "number of licences" in page
    assert people.stranger.get("/changes-elsewhere/").content.decode().count("<tr>") == 0
    drift = Drift.objects.get()
    people.operator.post(f"/changes-elsewhere/{drift.pk}/note/")
    drift.refresh_from_db()
    assert drift.noted_by == "operator@northwind.example"
    assert (
        "number of licences" not in people.viewer.get("/changes-elsewhere/?open=1").content.decode()
    )


def test_values_are_said_in_the_readers_language(
    tenant: Tenant, subscription: Subscription, elsewhere: Any, run_journal: Run, people: People
) -> None:
    elsewhere(subscription, status="suspended")
    look_at(tenant, run_journal)
    people.viewer.cookies["django_language"] = "fr"
    page = people.viewer.get("/changes-elsewhere/").content.decode()
    assert "suspendu" in page
    assert "suspended" not in page


def test_the_list_costs_a_constant_number_of_queries(
    tenant: Tenant, subscription: Subscription, people: People, django_assert_max_num_queries: Any
) -> None:
    people.viewer.get("/changes-elsewhere/")
    for number in range(40):
        Drift.objects.create(
            tenant=tenant,
            subscription=subscription,
            name=str(number),
            field="quantity",
            found_at=subscription.as_of,
        )
    with django_assert_max_num_queries(14):
        people.viewer.get("/changes-elsewhere/")
