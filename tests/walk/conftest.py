"""A world with something on every page."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from journal.models import NextActor, Operation, State
from panel.models import Setup
from tests.accounts.factor import app
from tests.people import PASSWORD, People
from tests.rules.test_access import things
from tests.stories.test_dns_look import planned
from tests.tenants.standing import standing_tenant
from tests.walk.pages import Page, our_pages

__all__ = ["things"]


@pytest.fixture
def pages(
    people: People,
    sandbox: Any,
    run_journal: Callable[..., int],
    things: dict[str, list[Any]],
) -> list[Page]:
    """Every page but the admin's: of made rows, and of a service that stands at Microsoft."""
    Operation.objects.update(state=State.CANCELLED)  # of rows that Microsoft does not know
    tenant = standing_tenant(people, run_journal)
    Operation.objects.filter(pk__in=things["operation"]).update(
        state=State.ERROR,
        next_actor=NextActor.RESELLER,
        error_text="This licence is not available in the market of this customer.",
    )
    Setup.objects.create(pk=1, account=people.northwind.account)
    people._clients["owner"] = _by_password("owner@northwind.example")
    people._clients["manager"] = _by_password("manager@northwind.example")
    app.set_up(people.manager)
    standing = {
        "tenant": [tenant.service_name],
        "subscription": [tenant.subscriptions.first().pk],
        "order": [tenant.orders.get().pk],
    }
    runs = [
        {"plan": [each.domain.tenant.service_name, each.pk]} for each in planned(people, "bakery2")
    ]
    return our_pages(people, [things, standing, *runs])


def _by_password(email: str) -> Client:
    """A browser that has just proved who it is: pages of the second factor ask for that."""
    client = Client()
    client.post("/sign-in/login/", {"login": email, "password": PASSWORD})
    app.prove_by_password(client)
    client.get("/account/profile/")  # shows what is left to be said
    return client
