"""The first day: a provider's existing customers find their accounts."""

from collections.abc import Callable
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from sandbox.faults import Fault
from sandbox.microsoft.relationships import accept
from sync.models import FoundCustomer
from tenants.models import Tenant
from tests.people import People

pytestmark = pytest.mark.django_db


def run(*arguments: str) -> str:
    told = StringIO()
    call_command("import_customers", *arguments, stdout=told)
    return told.getvalue()


@pytest.fixture
def customers(people: People, sandbox: Any) -> None:
    """One of Northwind's, one of a reseller that nobody knows."""
    mine = accept(sandbox, domain="mine", company_name="Mine")
    with sandbox.change():
        partner = people.northwind.partner_id
        sandbox.table("customers")[mine["id"]]["associated_partner_id"] = partner.tenant_id
    accept(sandbox, domain="whose", company_name="Whose")


def test_a_dry_run_writes_nothing(people: People, customers: None) -> None:
    told = run("--dry-run")
    assert "mine.onmicrosoft.com" in told and "Northwind" in told
    assert "1 would be taken, 1 would be queued" in told
    assert not Tenant.objects.exists()
    assert not FoundCustomer.objects.exists()


def test_customers_go_to_the_account_of_their_reseller(
    people: People, customers: None, run_journal: Callable[..., int]
) -> None:
    run()
    run_journal()
    tenant = Tenant.objects.get()
    assert (tenant.account, tenant.service_name) == (
        people.northwind.account,
        "mine.onmicrosoft.com",
    )
    assert people.owner.get(tenant.get_absolute_url()).status_code == 200
    assert FoundCustomer.objects.get().domain == "whose.onmicrosoft.com"
    assert "0 were taken, 1 were queued" in run(), "again is no harm"
    assert Tenant.objects.count() == 1


def test_an_import_that_breaks_is_run_again(people: People, customers: None, sandbox: Any) -> None:
    sandbox.faults.add(Fault.from_json({"path": "^/v1/customers", "kind": "status", "status": 503}))
    with pytest.raises(CommandError, match="Run it again"):
        run()
    assert "1 were taken" in run()
