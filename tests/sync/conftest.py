"""A tenant that stands at Microsoft, and other people who change it there."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from sandbox.elsewhere import carry_out
from sandbox.microsoft.subscriptions import current
from subscriptions.models import Subscription
from tenants.models import Tenant
from tests.people import People
from tests.tenants.standing import standing_tenant

Run = Callable[..., int]


@pytest.fixture
def tenant(people: People, sandbox: Any, run_journal: Run) -> Tenant:
    """Contoso Bakery with three seats of Business Basic."""
    return Tenant.objects.get(pk=standing_tenant(people, run_journal).pk)


@pytest.fixture
def subscription(tenant: Tenant) -> Subscription:
    return Subscription.objects.get(tenant=tenant)


@pytest.fixture
def elsewhere(sandbox: Any) -> Callable[..., None]:
    """`elsewhere(subscription, quantity=5)`: another administrator changes it at Microsoft."""

    def change(subscription: Subscription, **members: Any) -> None:
        customer = subscription.tenant.microsoft_id
        path = f"/v1/customers/{customer}/subscriptions/{subscription.microsoft_id}"
        read = carry_out(sandbox, method="GET", path=path)
        whole = {**json.loads(read.get_data().decode("utf-8-sig")), **members}
        answer = carry_out(sandbox, method="PATCH", path=path, body=whole)
        assert answer.status_code == 200, answer.get_data()

    return change


def truth(sandbox: Any, subscription: Subscription) -> dict[str, Any]:
    """The subscription as the sandbox has it."""
    found: dict[str, Any] = current(
        sandbox, sandbox.table("subscriptions")[subscription.microsoft_id]
    )
    return found
