"""Assigned licences: counted once a day in every tenant that stands at Microsoft."""

from collections.abc import Callable
from typing import Any

from pytest_django import Settings

from journal.models import Operation
from journal.tasks import plan_daily
from sandbox.faults import Fault
from tenants.models import LicenceUse
from tests.people import People
from tests.tenants.standing import standing_tenant


def test_counted_once_a_day_and_kept_when_microsoft_refuses(
    people: People, sandbox: Any, run_journal: Callable[..., int], settings: Settings
) -> None:
    settings.JOURNAL_DAILY = ["tenants.use.plan_counts"]
    tenant = standing_tenant(people, run_journal)
    for _twice in range(2):
        plan_daily()
    run_journal(skip_pauses=True)
    use = LicenceUse.objects.get(tenant=tenant)
    assert (use.total, use.used, use.free) == (3, 0, 3)
    held = tenant.subscriptions.get()
    assert held.licence and held.licence.provisioning_id == use.sku_id
    operation = Operation.objects.get(kind="tenant.count_use")
    assert operation.state == "done"
    sandbox.faults.add(
        Fault(
            kind="status", service="partnercenter", method="GET", path="/subscribedskus", status=403
        )
    )
    Operation.objects.filter(pk=operation.pk).update(once=None)
    plan_daily()
    run_journal(skip_pauses=True)
    assert LicenceUse.objects.get(tenant=tenant).counted_at == use.counted_at
