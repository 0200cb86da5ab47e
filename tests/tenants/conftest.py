"""A licence group that stands at Microsoft."""

from collections.abc import Callable
from typing import Any

import pytest

from tenants.models import Tenant
from tests.people import People
from tests.tenants.standing import standing_tenant


@pytest.fixture
def tenant(
    people: People, sandbox: Any, run_journal: Callable[..., int], mailoutbox: list[Any]
) -> Tenant:
    """Contoso Bakery; its welcome mail is out of the way."""
    standing = standing_tenant(people, run_journal)
    mailoutbox.clear()
    return Tenant.objects.get(pk=standing.pk)
