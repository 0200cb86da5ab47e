"""The first page: what waits for whom, seats and spend, what has happened."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now

from accounts.access import Actor
from accounts.models import PartnerState, Role
from accounts.operations.events import EVENTS
from dnsconfig.health.models import HealthCheck
from dnsconfig.models import DnsPlan, Domain, ZoneConnection
from dnsconfig.plan import Plan
from journal import services as journal
from journal.models import NextActor, Operation, State
from journal.people import PORTAL
from panel.home import figures
from subscriptions.models import Subscription
from tenants import compliance
from tenants.models import Delegation, Qualification, Tenant
from tests.panel.conftest import fields_of
from tests.panel.test_queries import add_tenants
from tests.people import People
from tests.rules.test_size import sources

Add = Callable[[int], None]
NOON = datetime(2027, 3, 10, 12, tzinfo=UTC)  # a Wednesday


def home(people: People, who: str = "owner") -> str:
    answer = people.client(who).get("/home/")
    assert answer.status_code == 200
    return " ".join(unescape(answer.content.decode()).split())


def needs(people: People, who: str = "owner") -> str:
    """The text of the section, without tags."""
    page = home(people, who)
    section = page[page.index('id="needs-h"') : page.index("</section>", page.index("needs-h"))]
    return " ".join(re.sub("<[^>]*>", " ", section).split())


def fail(people: People, *, actor: str, text: str, journey: str = "") -> Operation:
    operation = journal.ask(
        kind="subscription.change_seats", account_id=people.northwind.account.pk,
        subject="subscription:1", journey=journey, by=PORTAL,
    )  # fmt: skip
    facts = {"state": State.ERROR, "next_actor": actor, "error_text": text}
    Operation.objects.filter(pk=operation.pk).update(**facts)
    return operation


@pytest.fixture
def quiet(tenant: Tenant) -> Tenant:
    """A service about which there is nothing to do: its first seats are long bought."""
    Subscription.objects.update(
        cancellable_until=now() - timedelta(days=1), refundable=[],
        commitment_ends_at=now() + timedelta(days=200), term="P1Y",
    )  # fmt: skip
    return tenant


@pytest.fixture
def domain(people: People, quiet: Tenant) -> Domain:
    zones = ZoneConnection.objects.create(
        account=people.northwind.account, provider="ovh", label="OVH", zones=[], keys={}
    )
    return Domain.objects.create(
        tenant=quiet, connection=zones, name="bakery.example", zone="bakery.example",
        configured_at=now(),
    )  # fmt: skip


def test_nothing_to_do(people: People, quiet: Tenant) -> None:
    assert needs(people).endswith("Nothing needs you today.")


def test_what_only_the_reseller_can_mend_comes_with_its_way_out(
    people: People, quiet: Tenant
) -> None:
    order = quiet.orders.get()
    fail(people, actor=NextActor.RESELLER, text="Too many.", journey=order.key)
    page = home(people)
    assert "Nothing needs you today." not in page
    assert "Stuck until you correct something" in page
    assert "Change the number of licences: Too many." in page
    assert f'href="{order.get_absolute_url()}">Correct or try again' in page
    assert f'href="{order.get_absolute_url()}">Look' in home(people, "operator")
    assert "Too many." not in home(people, "stranger")


def test_what_staff_must_mend_is_told_apart(people: People, quiet: Tenant) -> None:
    operation = fail(people, actor=NextActor.STAFF, text="No rights.")
    assert "Needs somebody else" in needs(people)
    assert "Stuck until" not in needs(people)
    assert f'href="/operations/{operation.pk}/">See how it stands' in home(people)


def test_seats_that_can_be_given_back_for_two_more_days(people: People, quiet: Tenant) -> None:
    soon, later = now() + timedelta(hours=40), now() + timedelta(days=4)
    batches = [
        {"quantity": 7, "until": later.isoformat()},
        {"quantity": 2, "until": soon.isoformat()},
        {"quantity": 9, "until": (now() - timedelta(hours=1)).isoformat()},
    ]
    Subscription.objects.update(refundable=batches)  # added long after the purchase
    row = Subscription.objects.get()
    said = needs(people)
    assert f"2 licences of {row.name}, Contoso Bakery until" in said
    assert "7 licences" not in said
    assert "9 licences" not in said
    assert f'/subscriptions/{row.pk}/seats/">Check' in home(people, "manager")
    assert f'/subscriptions/{row.pk}/seats/"' not in home(people, "viewer")


def test_an_mpn_id_in_its_days_of_grace(people: People, quiet: Tenant) -> None:
    people.northwind.partner_id.judge(PartnerState.REFUSED, code="600037", text="No agreement.")
    said = needs(people)
    assert "4847383 Northwind Cloud Services: No agreement. services run until" in said
    assert "Set it right" in said
    assert "Set it right" not in needs(people, "manager")


def test_a_suspended_service(people: People, quiet: Tenant) -> None:
    assert compliance.suspend(tenant=quiet, reason="unpaid", by=PORTAL)
    assert "Suspended services Contoso Bakery See why" in needs(people, "viewer")


def test_a_delegation_that_waits_for_the_second_validation(people: People, quiet: Tenant) -> None:
    wish = Delegation.objects.create(
        account=quiet.account, partner_id=quiet.partner_id, company="Old Mill",
        tenant_name="oldmill.onmicrosoft.com", state="to_validate",
    )  # fmt: skip
    assert "oldmill.onmicrosoft.com (Old Mill): awaiting your validation" in needs(people)
    assert f'/delegations/{wish.pk}/validate/">Validate' in home(people, "manager")
    assert f'/delegations/{wish.pk}/validate/"' not in home(people, "viewer")


def test_a_domain_configuration_that_waits(people: People, domain: Domain) -> None:
    nothing = Plan(domain.zone, (), (), ()).to_json()
    plan = DnsPlan.objects.create(domain=domain, services=[], content=nothing, state="conflict")
    said = needs(people, "operator")
    assert "bakery.example: waits for your decision Decide" in said
    assert f'{plan.get_absolute_url()}">Decide' in home(people, "operator")
    DnsPlan.objects.update(is_dry=True)
    assert "bakery.example" not in needs(people, "operator")


def test_a_domain_that_has_become_ill(people: People, domain: Domain) -> None:
    def look(health: str) -> None:
        result = {"check": "mx", "health": health, "code": "x", "facts": {}, "counted": health}
        HealthCheck.objects.create(domain=domain, checked_at=now(), results=[result])

    look("failed")
    assert "Unhealthy domains bakery.example:" in needs(people)
    look("ok")  # only the latest look counts
    assert "bakery.example" not in needs(people)


def test_a_decision_of_microsofts(people: People, quiet: Tenant) -> None:
    Qualification.objects.create(
        tenant=quiet, segment="education", state="denied", decided_at=now() - timedelta(days=2)
    )
    assert "Contoso Bakery, education: denied decided on" in needs(people)
    Qualification.objects.update(decided_at=now() - timedelta(days=9))
    assert "denied" not in needs(people)


def test_terms_that_end_within_thirty_days(
    people: People, quiet: Tenant, add_subscriptions: Add
) -> None:
    add_subscriptions(2)
    soon = now() + timedelta(days=20)
    Subscription.objects.update(commitment_ends_at=soon, auto_renew=True)
    assert "The terms of 3 subscriptions end within 30 days." in needs(people)
    last = Subscription.objects.last()
    assert last is not None
    Subscription.objects.filter(pk=last.pk).update(auto_renew=False, end_choice="")
    assert "Nobody has chosen what happens to 1 of them." in needs(people)
    Subscription.objects.exclude(pk=last.pk).update(term="P1M")  # renews by itself every month
    assert "The term of 1 subscription ends within 30 days." in needs(people)


def test_many_of_a_kind(people: People, quiet: Tenant) -> None:
    for number in range(12):
        fail(people, actor=NextActor.RESELLER, text=f"Reason {number}.")
    said = needs(people)
    assert said.count("Correct or try again") == 10
    assert "There are more of this kind; these come first. See all" in said


def test_seats_and_spend(people: People, quiet: Tenant, add_subscriptions: Add) -> None:
    Subscription.objects.update(quantity=10, unit_price=Decimal("12.00"), billing_cycle="Annual")
    assert "€10.00" in home(people)  # 120 a year
    add_subscriptions(1)
    last = Subscription.objects.last()
    assert last is not None
    facts = {"name": "Renamed", "billing_cycle": "Monthly", "unit_price": Decimal("5.00")}
    Subscription.objects.filter(pk=last.pk).update(**facts)
    page = home(people, "viewer")
    assert "€60.00" in page
    assert "<dd>20</dd>" in page
    assert "Renamed" not in page  # the licence counts, not its name here
    Subscription.objects.filter(pk=last.pk).update(is_trial=True)
    assert "€10.00" in home(people)
    assert "€" not in home(people, "stranger")


def test_weeks_of_renewals(people: People, quiet: Tenant, add_subscriptions: Add) -> None:
    actor = Actor(people.user("owner"), quiet.account, Role.OWNER)
    add_subscriptions(2)
    first, second, third = Subscription.objects.order_by("pk")
    for row, ends in ((first, "2027-03-14"), (second, "2027-03-15"), (third, "2027-06-01")):
        ends_at = datetime.fromisoformat(ends).replace(hour=23, tzinfo=UTC)
        Subscription.objects.filter(pk=row.pk).update(commitment_ends_at=ends_at)
    bars = figures.renewals_by_week(actor, NOON)
    assert len(bars) == 12
    assert [str(bar.first) for bar in bars[:2]] == ["2027-03-08", "2027-03-15"]
    assert [bar.value for bar in bars] == [1, 1, *[0] * 9, 0]
    assert (bars[0].share, bars[0].gap, bars[5].share) == (100, 0, 0)


def test_what_has_happened_in_words(people: People, quiet: Tenant) -> None:
    page = home(people, "viewer")
    recent = page[page.index('id="recent-h"') :]
    assert f'Order completed: <a href="{quiet.get_absolute_url()}">Contoso Bakery</a>' in recent
    assert 'id="recent-h"' not in home(people, "stranger")


KIND = re.compile(
    r"""(?:record|_tell|_decide)\([^"]*?(?:"[^".]*",?\s*)*f?"([a-z_]+\.[a-z_]+)\"""", re.DOTALL
)


def test_every_event_has_its_words() -> None:
    told = {
        kind
        for path in sources()
        if "sandbox" not in path.parts
        for kind in KIND.findall(path.read_text())
    }
    assert len(told) > 40
    assert not {kind for kind in told if kind not in EVENTS}


def test_as_many_queries_for_twenty_services_as_for_one(
    people: People, quiet: Tenant, add_subscriptions: Add
) -> None:
    def asked() -> int:
        people.owner.get("/home/")
        with CaptureQueriesContext(connection) as captured:
            people.owner.get("/home/")
        return len(captured)

    zones = ZoneConnection.objects.create(
        account=quiet.account, provider="ovh", label="OVH", zones=[], keys={}
    )

    def ail(tenants: Any) -> None:
        """Something of everything for each of these services."""
        first = Subscription.objects.order_by("pk")[0]
        for tenant in tenants:
            Tenant.objects.filter(pk=tenant.pk).update(state="suspended")
            fail(people, actor=NextActor.RESELLER, text="No.", journey="order:1")
            fail(people, actor=NextActor.STAFF, text="No.")
            domain = Domain.objects.create(
                tenant=tenant, connection=zones, name=f"{tenant.pk}.example", zone="example",
                configured_at=now(),
            )  # fmt: skip
            nothing = Plan(domain.zone, (), (), ()).to_json()
            DnsPlan.objects.create(domain=domain, services=[], content=nothing, state="ready")
            results = [{"check": "mx", "health": "failed"}]
            HealthCheck.objects.create(domain=domain, checked_at=now(), results=results)
            Qualification.objects.create(
                tenant=tenant, segment="education", state="approved", decided_at=now()
            )
            Delegation.objects.create(
                account=quiet.account, partner_id=quiet.partner_id, state="to_validate",
                tenant_name=f"{tenant.pk}.onmicrosoft.com",
            )  # fmt: skip
            soon = now() + timedelta(hours=9)
            facts = {
                **fields_of(first), "id": None, "tenant_id": tenant.pk,
                "microsoft_id": f"00000000-0000-4000-8000-{tenant.pk:012d}",
                "commitment_ends_at": now() + timedelta(days=9),
                "refundable": [{"quantity": 1, "until": soon.isoformat()}],
            }  # fmt: skip
            Subscription.objects.create(**facts)

    ail([quiet])
    few = asked()
    add_tenants(quiet, 19)
    ail(Tenant.objects.exclude(pk=quiet.pk))
    assert asked() == few <= 26
