"""A licence group that stands at Microsoft, and more rows beside it."""

from collections.abc import Callable
from typing import Any

import pytest

from subscriptions.models import Subscription
from tenants.models import Tenant
from tests.people import People
from tests.tenants.standing import standing_tenant


@pytest.fixture
def tenant(people: People, sandbox: Any, run_journal: Callable[..., int]) -> Tenant:
    standing = standing_tenant(people, run_journal)
    return Tenant.objects.get(pk=standing.pk)


@pytest.fixture
def add_subscriptions(tenant: Tenant) -> Callable[[int], None]:
    """`add_subscriptions(30)`: rows like the first one, as if bought before."""

    def add(number: int) -> None:
        first = Subscription.objects.order_by("pk").first()
        assert first is not None
        kept = Subscription.objects.count()
        copies = []
        for count in range(number):
            first.pk = None
            first.microsoft_id = f"00000000-0000-4000-8000-{kept + count:012d}"
            copies.append(Subscription(**fields_of(first)))
        Subscription.objects.bulk_create(copies)

    return add


def fields_of(row: Subscription) -> dict[str, Any]:
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
