"""Microsoft's customer agreement, accepted again when there is a new version."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from common.clock import microsoft_now
from journal.models import Operation
from sandbox.microsoft import agreements
from tenants.models import Agreement, Tenant
from tests.people import People
from tests.tenants.delegated import AGREED

Run = Callable[..., int]


def today() -> dict[str, str]:
    return AGREED | {"agreed_date": microsoft_now().date().isoformat()}


def renew(world: Any) -> None:
    """From the beginning of today there is a new version."""
    agreements.publish(world, microsoft_now().replace(hour=0, minute=0, second=0, microsecond=0))


def test_a_new_version_is_accepted(
    people: People, tenant: Tenant, sandbox: Any, run_journal: Run
) -> None:
    renew(sandbox)
    assert not agreements.has_accepted(sandbox, tenant.microsoft_id)
    address = f"/services/{tenant.service_name}/agreement/"
    assert "Microsoft has it." in people.manager.get(address).content.decode()
    assert people.operator.post(address, today()).status_code == 403
    assert people.manager.post(address, today()).status_code == 302
    run_journal()
    assert agreements.has_accepted(sandbox, tenant.microsoft_id)
    kept = Agreement.objects.get(tenant=tenant)
    assert (kept.first_name, kept.recorded_by) == ("Alex", "manager@northwind.example")
    assert kept.attested_at is not None
    assert "Alex Martin" in people.viewer.get(tenant.get_absolute_url()).content.decode()


def test_today_is_accepted_where_it_is_tomorrow_in_utc(
    people: People, tenant: Tenant, sandbox: Any, run_journal: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    renew(sandbox)
    tomorrow = microsoft_now().date() + timedelta(days=1)
    monkeypatch.setattr("tenants.forms.agreement.localdate", lambda: tomorrow)
    sent = AGREED | {"agreed_date": tomorrow.isoformat()}
    people.manager.post(f"/services/{tenant.service_name}/agreement/", sent)
    run_journal()
    assert agreements.has_accepted(sandbox, tenant.microsoft_id)
    assert Agreement.objects.get(tenant=tenant).agreed_date == tomorrow


def test_a_date_before_the_new_version_is_microsofts_to_refuse(
    people: People, tenant: Tenant, sandbox: Any, run_journal: Run
) -> None:
    renew(sandbox)
    people.manager.post(f"/services/{tenant.service_name}/agreement/", AGREED)
    run_journal()
    refused = Operation.objects.get(kind="tenant.attest_agreement", state="error")
    assert refused.next_actor == "reseller"
    assert not agreements.has_accepted(sandbox, tenant.microsoft_id)
    page = people.manager.get(f"/services/{tenant.service_name}/agreement/").content.decode()
    assert "Microsoft does not have it yet." in page


def test_through_rest(people: People, tenant: Tenant, sandbox: Any, run_journal: Run) -> None:
    renew(sandbox)
    Agreement.objects.all().delete()  # as of a tenant that was imported
    assert people.manager.get(tenant.get_absolute_url()).status_code == 200
    sent = {
        "first_name": "Zoe", "last_name": "Martin", "email": "zoe@bakery.example",
        "agreed_date": microsoft_now().date().isoformat(),
    }  # fmt: skip
    api = people.api("manager")
    address = f"/api/v1/tenants/{tenant.service_name}/agreement"
    assert api.post(address, {}, format="json").status_code == 400
    assert api.post(address, sent, format="json").status_code == 202
    run_journal()
    assert agreements.has_accepted(sandbox, tenant.microsoft_id)
