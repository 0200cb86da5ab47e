"""Services whose MPN ID stays bad are suspended after grace, and reopened when it is good (S2)."""

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings as configured
from pytest_django import Settings

from accounts import services as accounts
from accounts.models import PartnerId
from common.refusals import Impossible
from journal.models import Event, Operation, State
from journal.people import PORTAL
from journal.tasks import plan_daily
from sandbox.faults import Fault
from subscriptions import services as subscriptions
from subscriptions.models import Subscription
from tenants import compliance
from tenants.models import Hold, Tenant, TenantState
from tests.accounts.at_microsoft import change_partner, turn
from tests.people import People

Run = Callable[..., int]


@pytest.fixture(autouse=True)
def _only_this(settings: Settings) -> None:
    """The other daily work of the portal is left out: years pass in these stories."""
    settings.JOURNAL_DAILY = [
        "accounts.services.plan_partner_checks",
        "accounts.services.warn_of_grace",
        "tenants.compliance.enforce_due",
    ]


def a_day(run_journal: Run) -> None:
    """What the schedule does, twice: the second time the night's answers are known."""
    for _n in range(2):
        plan_daily()
        run_journal(skip_pauses=True)


def turn_bad(world: Any, run_journal: Run) -> None:
    change_partner(world, "4847383", suspended=True)
    a_day(run_journal)


def state_of(tenant: Tenant) -> str:
    tenant.refresh_from_db()
    return tenant.state


def at_microsoft(world: Any) -> dict[str, Any]:
    """The tenant's only subscription there."""
    [row] = world.table("subscriptions").values()
    return dict(row)


def test_from_the_first_warning_to_the_reopening(
    people: People, tenant: Tenant, sandbox: Any, run_journal: Run, mailoutbox: list[Any]
) -> None:
    staff = people.user("staff")
    turn_bad(sandbox, run_journal)
    assert state_of(tenant) == TenantState.OK
    assert {mail.to[0] for mail in mailoutbox} == {"owner@northwind.example", staff.email}
    assert "Services under it run on until" in mailoutbox[0].body
    page = people.viewer.get(f"/services/{tenant.service_name}/").content.decode()
    assert "This service will be suspended" in page

    mailoutbox.clear()
    turn(sandbox, days=16.5)
    a_day(run_journal)
    assert len(mailoutbox) == 2
    assert "suspended in 14 days" in mailoutbox[0].subject
    turn(sandbox, days=13)
    a_day(run_journal)
    assert "suspended in 1 day" in mailoutbox[-1].subject
    assert state_of(tenant) == TenantState.OK

    mailoutbox.clear()
    turn(sandbox, days=1)
    a_day(run_journal)
    assert state_of(tenant) == TenantState.SUSPENDED
    assert len(mailoutbox) == 2
    assert "Contoso Bakery" in mailoutbox[0].body
    assert at_microsoft(sandbox)["status"] == "active"  # the operator has not switched that on

    mailoutbox.clear()
    change_partner(sandbox, "4847383", suspended=False)
    partner = people.northwind.partner_id
    people.owner.post(f"/account/mpn-ids/{partner.pk}/recheck/", {"next": "board"})
    run_journal(skip_pauses=True)
    assert state_of(tenant) == TenantState.OK
    assert "reopened" in mailoutbox[0].subject
    assert Hold.objects.get().lifted_at is not None
    partner.refresh_from_db()
    assert (partner.invalid_since, partner.grace_until) == (None, None)


def suspended(sandbox: Any, run_journal: Run) -> None:
    turn_bad(sandbox, run_journal)
    turn(sandbox, days=configured.MPN_GRACE_DAYS + 1)
    a_day(run_journal)


def test_what_costs_less_stays_possible(
    people: People, tenant: Tenant, sandbox: Any, run_journal: Run
) -> None:
    suspended(sandbox, run_journal)
    turn(sandbox, days=-configured.MPN_GRACE_DAYS - 1)  # back into the window of the purchase
    subscription = Subscription.objects.get()
    more = people.manager.post(f"/subscriptions/{subscription.pk}/seats/", {"quantity": "9"})
    assert more.status_code == 422
    assert "until its MPN ID 4847383 is valid again" in more.content.decode()
    address = f"/services/{tenant.service_name}/subscriptions/new/"
    assert people.manager.get(address).status_code == 200
    api = people.api("manager")
    fewer = api.post(
        f"/api/v1/subscriptions/{subscription.pk}/seats", {"quantity": 2}, format="json"
    )
    assert fewer.status_code == 202
    run_journal(skip_pauses=True)
    assert at_microsoft(sandbox)["quantity"] == 2
    assert people.viewer.get(f"/services/{tenant.service_name}/").status_code == 200


def test_a_microsoft_that_is_away_at_the_end_of_grace_closes_nobody(
    people: People, tenant: Tenant, sandbox: Any, run_journal: Run
) -> None:
    turn_bad(sandbox, run_journal)
    turn(sandbox, days=configured.MPN_GRACE_DAYS + 1)
    sandbox.faults.add(Fault(kind="status", status=503, service="partnercenter", times=-1))
    plan_daily()
    run_journal()
    plan_daily()
    assert state_of(tenant) == TenantState.OK
    sandbox.faults.clear()
    a_day(run_journal)
    assert state_of(tenant) == TenantState.SUSPENDED


def test_staffs_own_suspension_is_not_lifted(
    people: People, tenant: Tenant, sandbox: Any, run_journal: Run
) -> None:
    suspended(sandbox, run_journal)
    by = people.user("staff").by
    assert compliance.suspend(tenant=tenant, reason="unpaid", by=by)
    change_partner(sandbox, "4847383", suspended=False)
    a_day(run_journal)
    turn(sandbox, days=1)
    a_day(run_journal)
    assert people.northwind.partner_id.__class__.objects.get(mpn_id="4847383").is_valid
    assert state_of(tenant) == TenantState.SUSPENDED
    subscription = Subscription.objects.select_related("tenant__account").get()
    with pytest.raises(Impossible, match="Contact the provider"):
        subscriptions.change_seats(subscription=subscription, quantity=2, by=by)
    assert compliance.reopen(tenant=tenant, by=by)
    assert state_of(tenant) == TenantState.OK


def test_staff_cannot_lift_what_the_mpn_id_demands(
    people: People, tenant: Tenant, sandbox: Any, run_journal: Run
) -> None:
    suspended(sandbox, run_journal)
    assert not compliance.reopen(tenant=tenant, by=people.user("staff").by)
    assert state_of(tenant) == TenantState.SUSPENDED


def test_an_id_that_was_given_up_counts_as_missing(
    people: People, tenant: Tenant, sandbox: Any, run_journal: Run
) -> None:
    partner = people.northwind.partner_id
    page = people.owner.get(f"/account/mpn-ids/{partner.pk}/remove/").content.decode()
    assert "1 service runs under it." in page
    people.owner.post(f"/account/mpn-ids/{partner.pk}/remove/")
    board = people.owner.get("/account/mpn-ids/board/").content.decode()
    assert "Your account has removed this MPN ID." in board
    turn(sandbox, days=configured.MPN_GRACE_DAYS + 1)
    a_day(run_journal)
    assert state_of(tenant) == TenantState.SUSPENDED


def test_also_at_microsoft_where_the_operator_wants_it(
    people: People, tenant: Tenant, sandbox: Any, run_journal: Run, settings: Settings
) -> None:
    settings.MPN_SUSPEND_AT_MICROSOFT = True
    turn_bad(sandbox, run_journal)
    turn(sandbox, days=configured.MPN_GRACE_DAYS + 1)
    plan_daily()
    run_journal()
    compliance.enforce_due()
    assert state_of(tenant) == TenantState.SUSPENDING
    run_journal(skip_pauses=True)
    assert state_of(tenant) == TenantState.SUSPENDED
    assert at_microsoft(sandbox)["status"] == "suspended"
    assert Subscription.objects.get().status == "suspended"

    change_partner(sandbox, "4847383", suspended=False)
    accounts.recheck(partner_id=people.northwind.partner_id, by=PORTAL)
    run_journal(skip_pauses=True)
    assert state_of(tenant) == TenantState.OK
    row = at_microsoft(sandbox)
    assert (row["status"], row["auto_renew"]) == ("active", True)
    assert Subscription.objects.get().status == "active"
    assert Hold.objects.get().stopped == []


def test_what_somebody_else_suspended_stays_so(
    people: People, tenant: Tenant, sandbox: Any, run_journal: Run, settings: Settings
) -> None:
    settings.MPN_SUSPEND_AT_MICROSOFT = True
    with sandbox.change():
        for row in sandbox.table("subscriptions").values():
            row["status"] = "suspended"
    suspended(sandbox, run_journal)
    assert state_of(tenant) == TenantState.SUSPENDED
    change_partner(sandbox, "4847383", suspended=False)
    turn(sandbox, days=1)
    a_day(run_journal)
    assert state_of(tenant) == TenantState.OK
    assert at_microsoft(sandbox)["status"] == "suspended"


@pytest.mark.parametrize("kind", ["drop_after", "drop_before", "html"])
def test_a_lost_answer_suspends_and_reactivates_once(
    kind: str,
    people: People,
    tenant: Tenant,
    sandbox: Any,
    run_journal: Run,
    settings: Settings,
) -> None:
    settings.MPN_SUSPEND_AT_MICROSOFT = True
    fault = {"method": "PATCH", "path": "/subscriptions/", "kind": kind, "times": 1}
    sandbox.faults.add(Fault.from_json(fault))
    suspended(sandbox, run_journal)
    assert state_of(tenant) == TenantState.SUSPENDED
    sandbox.faults.add(Fault.from_json(fault))
    change_partner(sandbox, "4847383", suspended=False)
    turn(sandbox, days=1)
    a_day(run_journal)
    assert state_of(tenant) == TenantState.OK
    assert at_microsoft(sandbox)["status"] == "active"
    assert not Operation.objects.exclude(state=State.DONE).exists()


def test_good_again_while_it_is_being_suspended(
    people: People, tenant: Tenant, sandbox: Any, run_journal: Run, settings: Settings
) -> None:
    settings.MPN_SUSPEND_AT_MICROSOFT = True
    turn_bad(sandbox, run_journal)
    turn(sandbox, days=configured.MPN_GRACE_DAYS + 1)
    plan_daily()
    run_journal()
    compliance.enforce_due()
    assert state_of(tenant) == TenantState.SUSPENDING
    partner = PartnerId.objects.get(mpn_id="4847383")
    assert partner.judge("valid")
    compliance.enforce(partner_id=partner)
    run_journal(skip_pauses=True)
    assert state_of(tenant) == TenantState.OK
    assert at_microsoft(sandbox)["status"] == "active"


def test_the_board_tells_all_of_it_to_its_own_account_only(
    people: People, tenant: Tenant, sandbox: Any, run_journal: Run
) -> None:
    turn_bad(sandbox, run_journal)
    page = people.viewer.get("/account/mpn-ids/board/").content.decode()
    for said in ("4847383", "900414", "contact Microsoft&#x27;s support", "1 service"):
        assert said in page
    assert tenant.get_absolute_url() in page
    assert "Check 4847383 again" not in page  # a viewer looks
    assert "Check 4847383 again" in people.owner.get("/account/mpn-ids/board/").content.decode()
    strange = people.stranger.get("/account/mpn-ids/board/").content.decode()
    assert "4847383" not in strange

    [row] = people.api("viewer").get("/api/v1/partner-ids").json()["results"]
    assert (row["services"], row["code"]) == (1, "900414")
    assert row["grace_until"] > row["invalid_since"]
    board = people.staff.get("/admin/accounts/partnerid/").content.decode()
    assert "900414" in board
    assert f"?partner_id__id__exact={people.northwind.partner_id.pk}" in board
    assert (
        tenant.display_name
        in people.staff.get(
            f"/admin/tenants/tenant/?partner_id__id__exact={people.northwind.partner_id.pk}"
        ).content.decode()
    )


def test_the_history_says_who_and_why(
    people: People, tenant: Tenant, sandbox: Any, run_journal: Run
) -> None:
    suspended(sandbox, run_journal)
    kinds = ["tenant.held", "tenant.suspended"]
    told = Event.objects.filter(subject=tenant.key, kind__in=kinds).order_by("pk")
    assert [event.kind for event in told] == kinds
    assert told[0].data["reason"] == "mpn_id"
    assert told[0].by_label == "portal"


def test_a_suspended_service_moves_to_another_id_of_the_account(
    tenant: Tenant, sandbox: Any, run_journal: Run, people: People
) -> None:
    """An ID that never comes back does not keep its services closed for ever."""
    suspended(sandbox, run_journal)
    assert state_of(tenant) == TenantState.SUSPENDED
    good = PartnerId.objects.create(
        account=tenant.account, mpn_id="4847385", name="Spare", state="valid"
    )
    stranger = PartnerId.objects.exclude(account=tenant.account).first()
    url = f"/services/{tenant.service_name}/mpn-id/"
    assert stranger is not None
    assert people.owner.post(url, {"partner_id": stranger.pk}).status_code == 422
    assert people.owner.post(url, {"partner_id": good.pk}).status_code == 302
    assert state_of(tenant) == TenantState.OK
    assert tenant.partner_id == good
    moved = Event.objects.get(kind="tenant.moved")
    assert moved.data == {"former": "4847383", "mpn_id": "4847385"}
    again = people.api("owner").patch(
        f"/api/v1/tenants/{tenant.service_name}", {"mpn_id": "4847385"}, format="json"
    )
    assert again.status_code == 422
