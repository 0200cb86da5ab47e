"""What staff does: every action calls the service that everybody calls."""

import uuid
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client

from accounts.models import User
from common.refusals import Impossible
from journal.models import Event, Operation
from journal.people import PORTAL
from orders import services as orders
from orders.wishes import MoreWish
from subscriptions import services as subscriptions
from subscriptions.models import Subscription
from tenants import compliance
from tenants.models import Tenant, TenantState
from tests.orders import wishes
from tests.people import PASSWORD, People

TENANTS = "/admin/tenants/tenant/"


def act(client: Client, page: str, action: str, *pks: int) -> str:
    sent = {"action": action, "_selected_action": pks}
    return client.post(page, sent, follow=True).content.decode()


def test_a_tenant_is_suspended_and_reopened(people: People, tenant: Tenant) -> None:
    assert "1 of 1 changed." in act(people.staff, TENANTS, "suspend", tenant.pk)
    tenant.refresh_from_db()
    assert tenant.state == TenantState.SUSPENDED
    assert "0 of 1 changed." in act(people.staff, TENANTS, "suspend", tenant.pk)
    assert "1 of 1 changed." in act(people.staff, TENANTS, "reopen", tenant.pk)
    tenant.refresh_from_db()
    assert tenant.state == TenantState.OK
    told = Event.objects.filter(
        subject=tenant.key, kind__in=["tenant.suspended", "tenant.reopened"]
    )
    assert {event.by_label for event in told} == {"staff@portal.example"}
    assert told.count() == 2


def test_a_suspended_tenant_is_looked_at_but_not_changed(
    people: People, tenant: Tenant, sandbox: Any
) -> None:
    act(people.staff, TENANTS, "suspend", tenant.pk)
    before = Operation.objects.count()
    subscription = Subscription.objects.get()
    assert people.viewer.get(f"/services/{tenant.service_name}/").status_code == 200
    sentence = "This service is suspended. Contact the provider."
    attempts = [
        (f"/subscriptions/{subscription.pk}/seats/", {"quantity": "9"}),
        (f"/subscriptions/{subscription.pk}/cancel/", {}),
        (f"/services/{tenant.service_name}/password/", {"delivery": "show"}),
        (f"/services/{tenant.service_name}/subscriptions/new/", more(people)),
    ]
    for address, sent in attempts:
        answer = people.manager.post(address, sent)
        assert answer.status_code == 422, address
        assert sentence in answer.content.decode(), address
    assert Operation.objects.count() == before


def more(people: People) -> dict[str, str]:
    """Two more seats, as the form sends them."""
    basic = wishes.licence(people.northwind.account, "Microsoft 365 Business Basic")
    price = wishes.price(basic)
    plan = f"{price.term}|{price.billing_cycle}|{price.amount.normalize():f}"
    return {f"plan_{basic.pk}": plan, f"quantity_{basic.pk}": "2"}


def test_the_services_refuse_too(people: People, tenant: Tenant) -> None:
    assert compliance.suspend(tenant=tenant, reason="unpaid", by=PORTAL)
    subscription = Subscription.objects.select_related("tenant__account", "licence").get()
    basic = wishes.licence(people.northwind.account, "Microsoft 365 Business Basic")
    wish = MoreWish(uuid.uuid4(), (wishes.line(basic, 1),))
    actor = wishes.actor(people.northwind.account, people.user("owner"))
    with pytest.raises(Impossible):
        subscriptions.change_seats(subscription=subscription, quantity=9, by=actor.by)
    with pytest.raises(Impossible):
        orders.order_more(actor=actor, tenant=tenant, wish=wish)


def test_an_mpn_id_is_judged_again(people: People, sandbox: Any, run_journal: Any) -> None:
    partner = people.northwind.partner_id
    with sandbox.change():
        sandbox.table("partners")["4847383"]["agreement_signed"] = False
    page = f"/admin/accounts/partnerid/{partner.pk}/change/"
    html = people.staff.get(page).content.decode()
    assert 'value="recheck"' in html and "Nothing is to be done." in html
    act(people.staff, "/admin/accounts/partnerid/", "recheck", partner.pk)
    run_journal()
    assert "Nothing is to be done." not in people.staff.get(page).content.decode()
    narrowed = people.staff.get("/admin/accounts/partnerid/", {"account__region": "eu"})
    assert partner in narrowed.context["cl"].result_list
    partner.refresh_from_db()
    assert (partner.state, partner.code) == ("refused", "2203")
    assert Operation.objects.get(kind="partner.check").by_label == "staff@portal.example"


def test_the_catalogue_is_fetched_again(people: People, tenant: Tenant, run_journal: Any) -> None:
    licence = Subscription.objects.get().licence
    assert licence is not None
    type(licence).objects.filter(pk=licence.pk).update(name="Old name")
    act(people.staff, "/admin/subscriptions/licence/", "synchronise", licence.pk)
    run_journal(skip_pauses=True)
    licence.refresh_from_db()
    assert licence.name == "Microsoft 365 Business Basic"


def test_staff_who_may_only_look_act_on_nothing(people: People, tenant: Tenant) -> None:
    reader = User.objects.create_user("reader@portal.example", PASSWORD)
    User.objects.filter(pk=reader.pk).update(is_staff=True)
    reader.user_permissions.set(Permission.objects.filter(codename="view_tenant"))
    browser = Client()
    browser.force_login(reader)
    assert tenant.display_name in browser.get(TENANTS).content.decode()
    act(browser, TENANTS, "suspend", tenant.pk)
    tenant.refresh_from_db()
    assert tenant.state == TenantState.OK
