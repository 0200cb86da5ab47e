"""The first steps of an account: who sees them, what ticks them, how they go away."""

import re
from typing import Any

import pytest
from django.urls import reverse
from django.utils.timezone import now

from accounts.models import PartnerId
from dnsconfig.models import Domain, ZoneConnection
from tenants.models import Gdap, LicenceUse, Tenant
from tests.people import People
from tests.rules.test_access import things

pytestmark = pytest.mark.django_db
__all__ = ["things"]
CARD = 'id="first-steps"'


def home(people: People, who: str) -> str:
    return str(people.client(who).get("/home/").content.decode())


def marks(people: People, who: str = "owner") -> list[str]:
    guide = people.client(who).get("/home/").context["guide"]
    return [step.mark for step in guide.steps]


def links(page: str) -> set[str]:
    """Where the card leads."""
    card = page[page.index(CARD) : page.index("</section>", page.index(CARD))]
    return set(re.findall('<a [^>]*href="([^"]*)"', card))


def test_the_steps_tick_themselves_and_end(people: People, things: dict[str, list[Any]]) -> None:
    account, tenant = people.northwind.account, Tenant.objects.get()
    assert marks(people) == ["done", "done", "done", "todo", "todo", "todo"]
    stranger = home(people, "stranger")
    assert marks(people, "stranger") == ["done", "todo", "todo", "todo", "todo", "todo"]
    assert links(stranger) == {reverse("dnsconfig:connections"), reverse("orders:new")}
    PartnerId.objects.filter(account=people.fabrikam.account).update(state="refused")
    assert reverse("accounts:partner_ids") in links(home(people, "stranger"))
    assert links(home(people, "viewer")) == {
        tenant.get_absolute_url(), reverse("panel:guide") + "#users",
    }  # fmt: skip
    assert ZoneConnection.objects.filter(account=account).exists()
    Gdap.objects.update(state="ready")
    Domain.objects.update(configured_at=now())
    assert marks(people) == ["done"] * 5 + ["todo"]
    LicenceUse.objects.create(
        tenant=tenant, sku_id="1", name="Basic", total=3, used=1, counted_at=now()
    )
    assert CARD not in home(people, "owner")


def test_one_person_hides_them_and_the_others_see_them(people: People) -> None:
    assert CARD in home(people, "owner") and CARD in home(people, "viewer")
    orders = "/orders/"
    there = "/home/#first-steps"
    assert there in people.viewer.get(orders).content.decode()
    for _twice in range(2):
        assert people.viewer.post("/home/first-steps/hide/").status_code == 302
    assert CARD not in home(people, "viewer") and CARD in home(people, "owner")
    assert there not in people.viewer.get(orders).content.decode()
    assert there in people.owner.get(orders).content.decode()
    assert there not in people.owner.get(f"{orders}?search=contoso").content.decode()
