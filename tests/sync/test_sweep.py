"""Every tenant of a market, within the budget, in chunks that survive a kill."""

from collections.abc import Callable
from typing import Any

import pytest

from accounts.models import PartnerId
from common.errors import Busy
from journal.models import Operation, State
from journal.people import PORTAL
from sandbox.faults import Fault
from sandbox.microsoft.relationships import accept
from subscriptions.models import Subscription
from sync import services
from sync.models import Drift, FoundCustomer, FoundState, Sweep, Watch
from tenants.models import Tenant
from tests.people import People

Run = Callable[..., int]
pytestmark = pytest.mark.django_db


class Killed(BaseException):
    """The worker is gone, without a word."""


@pytest.fixture
def many(tenant: Tenant, sandbox: Any) -> list[Tenant]:
    """Five more tenants that stand at Microsoft, without subscriptions."""
    found = [tenant]
    for number in range(5):
        customer = accept(sandbox, domain=f"bakery{number}")
        found.append(
            Tenant.objects.create(
                account=tenant.account,
                partner_id=tenant.partner_id,
                service_name=f"bakery{number}.onmicrosoft.com",
                display_name=f"Bakery {number}",
                microsoft_id=customer["id"],
                country="FR",
                state="ok",
            )
        )
    return found


def sweep(run_journal: Run) -> Operation:
    asked = services.ask_sweep(market="eu", by=PORTAL)
    run_journal(skip_pauses=True)
    asked.refresh_from_db()
    return asked


def test_every_tenant_is_looked_at_once(
    many: list[Tenant], elsewhere: Any, subscription: Subscription, run_journal: Run
) -> None:
    elsewhere(subscription, quantity=7)
    asked = sweep(run_journal)
    assert asked.state == State.DONE
    run = Sweep.objects.get()
    assert (run.tenants, run.subscriptions, run.drifts) == (6, 1, 1)
    assert run.calls == 1 + 6 + 1, "one page of customers, a list each, the doubtful one by itself"
    assert Watch.objects.get(market="eu").swept_at is not None
    assert Drift.objects.count() == 1


def test_a_killed_sweep_goes_on_where_it_was(
    many: list[Tenant], sandbox: Any, run_journal: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sync.remote import sweep as module

    monkeypatch.setattr(module, "CHUNK", 2)
    real, looked = module.look, []

    def look(client: Any, tenant: Tenant, *rest: Any) -> Any:
        if len(looked) == 3 and "killed" not in looked:
            looked.append("killed")
            raise Killed
        looked.append(tenant.pk)
        return real(client, tenant, *rest)

    monkeypatch.setattr(module, "look", look)
    services.ask_sweep(market="eu", by=PORTAL)
    with pytest.raises(Killed):
        run_journal(skip_pauses=True)
    Operation.objects.filter(kind="sync.sweep").update(lease_until="2000-01-01T00:00Z")
    run_journal(skip_pauses=True)
    assert Operation.objects.get(kind="sync.sweep").state == State.DONE
    at = looked.index("killed")
    assert looked[at + 1] == many[2].pk, "the chunk that was not noted is looked at again"
    assert set(looked) - {"killed"} == {tenant.pk for tenant in many}


def test_it_waits_when_the_minute_is_used_up(
    many: list[Tenant], run_journal: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sync.remote import sweep as module

    real, calls = module.look, []

    def look(*arguments: Any) -> Any:
        calls.append(1)
        if len(calls) == 3:
            raise Busy("no calls left", retry_after=20, code="budget")
        return real(*arguments)

    monkeypatch.setattr(module, "look", look)
    asked = services.ask_sweep(market="eu", by=PORTAL)
    run_journal()
    asked.refresh_from_db()
    assert (asked.state, asked.failures) == (State.TODO, 0)
    run_journal(skip_pauses=True)
    asked.refresh_from_db()
    assert asked.state == State.DONE


def test_a_second_sweep_without_changes_changes_no_subscription(
    many: list[Tenant], subscription: Subscription, run_journal: Run
) -> None:
    sweep(run_journal)
    subscription.refresh_from_db()
    before = subscription.updated_at
    sweep(run_journal)
    subscription.refresh_from_db()
    assert subscription.updated_at == before
    assert not Drift.objects.exists()


def leave(sandbox: Any, tenant: Tenant) -> None:
    with sandbox.change():
        sandbox.table("customers")[tenant.microsoft_id]["relationship"] = "none"


def test_a_customer_who_has_left_is_listed_once_and_holds_nobody_up(
    many: list[Tenant], sandbox: Any, run_journal: Run
) -> None:
    leave(sandbox, many[1])
    for _time in range(2):
        assert sweep(run_journal).state == State.DONE
    drift = Drift.objects.get()
    assert (drift.tenant, drift.field, drift.theirs) == (many[1], "relationship", "20002")
    assert [run.tenants for run in Sweep.objects.all()] == [6, 6]


def test_a_tenant_that_microsoft_refuses_is_looked_at_by_itself(
    many: list[Tenant], sandbox: Any, run_journal: Run
) -> None:
    path = f"/customers/{many[2].microsoft_id}/subscriptions"
    fault = {"path": path, "kind": "status", "status": 403, "times": 2}
    sandbox.faults.add(Fault.from_json(fault))
    assert sweep(run_journal).state == State.DONE
    assert Sweep.objects.get().tenants == 6
    look = Operation.objects.get(kind="sync.tenant")
    assert (look.state, look.params["tenant"]) == (State.ERROR, many[2].pk)


def test_customers_that_nobody_has_wait_for_staff(
    tenant: Tenant, sandbox: Any, run_journal: Run, people: People
) -> None:
    accept(sandbox, domain="forgotten", company_name="Forgotten")
    sweep(run_journal)
    found = FoundCustomer.objects.get(domain="forgotten.onmicrosoft.com")
    assert found.state == FoundState.OPEN
    partner = PartnerId.objects.get(account=people.fabrikam.account)
    url = "/admin/sync/foundcustomer/"
    body = {"action": "assign", "_selected_action": [found.pk], "partner": partner.pk}
    people.staff.post(url, body)
    run_journal()
    taken = Tenant.objects.get(service_name="forgotten.onmicrosoft.com")
    assert taken.account == people.fabrikam.account
    found.refresh_from_db()
    assert found.state == FoundState.TAKEN
