"""Microsoft's audit tells which tenants to look at, and who was it."""

from collections.abc import Callable
from typing import Any

import pytest

from common.clock import microsoft_now
from journal.models import Operation, State
from subscriptions.models import Subscription
from sync import services
from sync.models import Drift, Watch
from tenants.models import Tenant
from tests.people import People

Run = Callable[..., int]
pytestmark = pytest.mark.django_db


@pytest.fixture
def watched(tenant: Tenant) -> Watch:
    return Watch.objects.create(
        market="eu", audited_until=microsoft_now(), swept_at=microsoft_now()
    )


def catch_up(run_journal: Run) -> None:
    Operation.objects.filter(kind="sync.catch_up").update(once=None)
    from journal.people import PORTAL

    services.ask_catch_up(market="eu", by=PORTAL)
    run_journal()


def test_a_change_made_elsewhere_appears_with_who_and_when(
    watched: Watch, subscription: Subscription, elsewhere: Any, run_journal: Run
) -> None:
    catch_up(run_journal)
    elsewhere(subscription, quantity=7)
    catch_up(run_journal)
    drift = Drift.objects.get()
    assert drift.theirs == "7"
    assert drift.changed_by.startswith("admin@")
    assert drift.changed_at is not None


def test_without_changes_nobody_is_looked_at(
    watched: Watch, subscription: Subscription, sandbox: Any, run_journal: Run
) -> None:
    catch_up(run_journal)
    seen = len(sandbox.calls())
    catch_up(run_journal)
    made = [call for call in sandbox.calls()[seen:] if call["service"] == "partnercenter"]
    assert [call["path"] for call in made] == ["/v1/auditrecords"]


def test_our_own_changes_lead_to_no_look(
    watched: Watch, subscription: Subscription, people: People, run_journal: Run
) -> None:
    catch_up(run_journal)
    people.manager.post(f"/subscriptions/{subscription.pk}/seats/", {"quantity": 4, "confirm": 1})
    run_journal()
    subscription.refresh_from_db()
    assert subscription.quantity == 4
    looks = Operation.objects.filter(kind="sync.tenant").count()
    catch_up(run_journal)
    assert Operation.objects.filter(kind="sync.tenant").count() == looks


def test_a_record_read_twice_leads_to_one_look(
    watched: Watch, subscription: Subscription, elsewhere: Any, run_journal: Run
) -> None:
    elsewhere(subscription, quantity=7)
    catch_up(run_journal)
    catch_up(run_journal)
    assert Operation.objects.filter(kind="sync.tenant").count() == 1


def test_while_microsoft_is_down_it_waits(watched: Watch, sandbox: Any, run_journal: Run) -> None:
    from sandbox.faults import Fault

    sandbox.faults.add(
        Fault.from_json({"path": "/auditrecords", "kind": "status", "status": 503, "times": 1})
    )
    catch_up(run_journal)
    operation = Operation.objects.get(kind="sync.catch_up")
    assert (operation.state, operation.failures) == (State.TODO, 0)
    run_journal(skip_pauses=True)
    operation.refresh_from_db()
    assert operation.state == State.DONE


def test_the_first_look_of_a_market_is_a_full_one(tenant: Tenant, run_journal: Run) -> None:
    services.plan()
    looks = Operation.objects.filter(kind__in=["sync.sweep", "sync.catch_up"])
    assert [operation.kind for operation in looks] == ["sync.sweep"]
    run_journal(skip_pauses=True)
    services.plan()
    assert Operation.objects.filter(kind="sync.catch_up").count() == 1
