"""Zones of one who sees only some services, and who is told of what happens to a service."""

import pytest

from accounts.access import Actor
from accounts.models import Membership, ReachKind, Role
from accounts.reach import Reach
from common.refusals import Impossible
from dnsconfig import intake
from dnsconfig.access import zones_of
from dnsconfig.embedded.access import own_zones_of
from dnsconfig.embedded.models import OwnZone
from dnsconfig.models import Domain, ZoneConnection
from journal.models import Operation
from tenants.models import Delegation, Gdap, Tenant
from tenants.notices import tell_of_delegation, tell_of_rights
from tests.people import People

ZONES = ["free.example", "hidden.example", "mine.example", "shared.example"]


@pytest.fixture
def tenants(people: People) -> list[Tenant]:
    """Two services, a domain of each in a zone of its own and in one that they share."""
    account = people.northwind.account
    common = {"account": account, "partner_id": people.northwind.partner_id}
    connection = ZoneConnection.objects.create(
        account=account, provider="embedded", label="Own", zones=ZONES, keys={}
    )
    made = []
    for name in ("mine", "hidden"):
        tenant = Tenant.objects.create(
            service_name=f"{name}.onmicrosoft.com", state="ok", microsoft_id=name, **common
        )
        for domain, zone in (("", name), (f"{name}.", "shared")):
            Domain.objects.create(
                tenant=tenant,
                connection=connection,
                name=f"{domain}{zone}.example",
                zone=f"{zone}.example",
            )
        made.append(tenant)
    for zone in ZONES:
        OwnZone.objects.create(account=account, name=zone, serial=1, name_servers=["ns.x.example"])
    return made


def test_zones_of_services_out_of_reach_are_not_there(
    people: People, tenants: list[Tenant]
) -> None:
    mine, hidden = tenants
    account, user = people.northwind.account, people.user("operator")
    everything = Actor(user, account, Role.OPERATOR)
    assert zones_of(everything) == [row.name for row in own_zones_of(everything)] == ZONES
    for reach in (
        Reach(ReachKind.ONLY, frozenset([mine.pk])),
        Reach(ReachKind.EXCEPT, frozenset([hidden.pk])),
    ):
        actor = Actor(user, account, Role.OPERATOR, reach)
        assert zones_of(actor) == ["free.example", "mine.example", "shared.example"]
        assert [row.name for row in own_zones_of(actor)] == ["mine.example"]
    with pytest.raises(Impossible, match="none of your zones"):
        intake.begin(
            actor=actor,
            tenant=mine,
            domain_name="shop.hidden.example",
            wanted=["Email"],
            is_ahead_of_delegation=True,
        )
    plan = intake.begin(
        actor=actor,
        tenant=mine,
        domain_name="shop.free.example",
        wanted=["Email"],
        is_ahead_of_delegation=True,
    )
    assert plan.domain.zone == "free.example"


def test_mails_about_a_service_go_to_those_who_see_it(
    people: People, tenants: list[Tenant]
) -> None:
    mine, hidden = tenants
    manager = Membership.objects.filter(user=people.user("manager"))
    manager.update(reach="only", chosen=[mine.pk])
    wish = Delegation.objects.create(
        account=mine.account, partner_id=mine.partner_id, tenant_name="new.onmicrosoft.com"
    )

    def told() -> set[str]:
        rows = Operation.objects.filter(kind="notice.mail")
        found = {str(row.params["to"]).partition("@")[0] for row in rows}
        rows.delete()
        return found

    tell_of_rights(Gdap.objects.create(tenant=mine))
    assert told() == {"owner", "manager"}
    tell_of_rights(Gdap.objects.create(tenant=hidden))
    assert told() == {"owner"}
    tell_of_delegation(wish)
    assert told() == {"owner"}
