"""The search finds what this person may open, by any of its names, and nothing else."""

import re
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Membership, ReachKind, User
from common.folding import fold
from dnsconfig.models import Domain, ZoneConnection
from journal.models import Operation
from orders.models import Order
from panel.models import PinnedTenant
from panel.palette.pages import PAGES
from panel.palette.pins import MOST
from panel.palette.shortcuts import EVERYBODYS, ORDER
from subscriptions.models import Subscription
from tenants.models import Tenant
from tests.panel.test_queries import add_operations, add_tenants, queries
from tests.people import ROLES, People

HTMX = {"HX-Request": "true"}


def found(people: People, text: str, who: str = "owner", **more: str) -> dict[str, list[str]]:
    """The titles in the palette by group, in their order."""
    html = answer(people, text, who, **more)
    groups = re.findall(r'aria-labelledby="palette-(\w+)"(.*?)(?=<div role="group"|\Z)', html, re.S)
    title = re.compile(r'class="palette-name">(.*?)</span>')
    return {name: [unescape(each) for each in title.findall(part)] for name, part in groups}


def answer(people: People, text: str, who: str = "owner", **more: str) -> str:
    said = people.client(who).get("/search/", {"q": text, **more}, headers=HTMX)
    assert said.status_code == 200
    return said.content.decode()


def links(html: str) -> list[str]:
    return [unescape(each) for each in re.findall(r'class="palette-entry.*?href="(.*?)"', html)]


@pytest.fixture
def school(tenant: Tenant) -> Tenant:
    """Another service, with accents and a domain."""
    another = Tenant.objects.create(
        account=tenant.account, partner_id=tenant.partner_id, service_name="ecole.onmicrosoft.com",
        display_name="École d’Œuvres", company="Société Générale d’Écoles", state="ok",
        microsoft_id="11111111-2222-4333-8444-555555555555", country="FR",
    )  # fmt: skip
    zones = ZoneConnection.objects.create(
        account=tenant.account, provider="ovh", label="OVH", zones=[], keys={}
    )
    Domain.objects.create(tenant=another, connection=zones, name="beaux.example", zone="x.example")
    return another


def test_a_service_is_found_by_every_name_it_has(people: People, school: Tenant) -> None:
    for text in ("ecole", "ÉCOLE", "oeuvres", "generale societe", "ecole.onmicro", "beaux.ex"):
        assert found(people, text)["services"] == ["École d’Œuvres"], text
    assert found(people, "beaux")["domains"] == ["beaux.example"]
    assert found(people, "ecole generale")["services"] == ["École d’Œuvres"]
    assert "services" not in found(people, "ecole bakery")
    assert found(people, "viewer@north")["members"] == ["viewer@northwind.example"]
    assert found(people, "4847383")["partner_ids"] == ["4847383"]
    assert "Nothing is called so." in answer(people, "zzz")
    Tenant.objects.filter(pk=school.pk).update(display_name="Łódź Straße")
    assert found(people, "lodz strasse")["services"] == ["Łódź Straße"]
    page = people.owner.get("/services/?search=LODZ").content.decode()
    assert "Łódź Straße</a></td>" in page or "Łódź Straße</a></th>" in page


def test_the_database_folds_as_the_program_does(school: Tenant) -> None:
    for name in ("Œuvre d’Été", "STRAẞE æ", "ﬁn №1 ½", "ŁÓDŹ", "Ελλάς", "Ёлка", "i̇İ"):
        Tenant.objects.filter(pk=school.pk).update(display_name=name)
        school.refresh_from_db()
        assert school.folded == fold(f"{name} {school.service_name} {school.company}"), name


def test_what_begins_so_comes_first(people: People, tenant: Tenant, school: Tenant) -> None:
    for name in ("Grand Wingtip", "Awingtip", "Wingtip"):
        Tenant.objects.create(
            account=tenant.account, partner_id=tenant.partner_id, display_name=name, country="FR",
            service_name=f"{name.replace(' ', '-').lower()}.onmicrosoft.com",
        )  # fmt: skip
    assert found(people, "wingtip")["services"] == ["Wingtip", "Grand Wingtip", "Awingtip"]
    add_tenants(tenant, 4)
    shown = found(people, "wingtip")["services"]
    assert len(shown) == 6 and shown[-1] == "All of them"
    assert "/services/?search=wingtip" in links(answer(people, "wingtip"))
    assert found(people, "serv")["pages"][0] == "Services"


def test_numbers_and_ids_lead_straight_there(people: People, school: Tenant) -> None:
    bought = Subscription.objects.get()
    order = Order.objects.create(
        pk=9_000_001, account=school.account, tenant=school, kind="more", currency="EUR", total=1,
        mpn_id="4847383",
    )  # fmt: skip
    straight = {
        f"#{order.pk}": order.get_absolute_url(),
        bought.microsoft_id: bought.get_absolute_url(),
        bought.microsoft_id.upper(): bought.get_absolute_url(),
        school.microsoft_id: school.get_absolute_url(),
        "Ecole.onmicrosoft.com": school.get_absolute_url(),
    }
    for text, url in straight.items():
        assert people.owner.get("/search/", {"q": text}).headers["Location"] == url, text
        assert links(answer(people, text))[0] == url
    task = Operation.objects.latest("pk").pk
    assert found(people, f"#{task}")["operations"][0].endswith(f" #{task}")
    assert people.stranger.get("/search/", {"q": f"#{order.pk}"}).status_code == 200
    assert found(people, bought.name.split()[-1])["subscriptions"] == [str(bought)]


def test_a_stranger_and_the_limited_find_nothing_of_others(people: People, school: Tenant) -> None:
    stranger = found(people, "ecole", "stranger")
    assert not {"services", "subscriptions", "orders", "domains"} & set(stranger)
    assert not found(people, "4847383", "stranger")
    viewer = Membership.objects.get(user=people.user("viewer"))
    viewer.reach, viewer.chosen = ReachKind.EXCEPT, [school.pk]
    viewer.save()
    assert not found(people, "ecole", "viewer")
    assert not found(people, "beaux", "viewer")
    seen = f"{school.get_absolute_url()} /orders/ /services/"
    assert found(people, "", "viewer", recent=seen)["recent"] == ["Orders", "Services"]
    assert found(people, "", recent=seen)["recent"][0] == "École d’Œuvres"
    assert "actions" not in found(people, "> reset ecole", "viewer")


@pytest.mark.full
def test_every_page_and_action_that_is_offered_opens(people: People, tenant: Tenant) -> None:
    """For each role; and a role that reaches further is offered more."""
    offered = []
    for who in ROLES:
        texts = [">", "> licences seats", *(str(page.title) for page in PAGES)]
        html = "".join(answer(people, text, who, on=tenant.service_name) for text in texts)
        urls = {url.partition("#")[0] for url in links(html)} - {""}
        for url in urls:
            assert people.client(who).get(url).status_code in (200, 302), (who, url)
        offered.append(urls)
    assert offered[0] < offered[1] < offered[2] < offered[3]
    assert reverse("orders:new") in offered[2] - offered[1]


def test_actions_name_their_service(people: People, tenant: Tenant, school: Tenant) -> None:
    assert found(people, "> reset ecole")["actions"] == ["Reset the admin password"]
    assert links(answer(people, "reset ecole"))[0] == "/services/ecole.onmicrosoft.com/password/"
    assert found(people, "> reset", on=tenant.service_name)["actions"] == [
        "Reset the admin password"
    ]
    assert "pages" not in found(people, "> orders")
    assert found(people, "> francais")["actions"] == ["Change display language: français"]
    assert "data-press" in answer(people, "> dark")
    assert "Appearance: dark" not in people.owner.get("/search/?q=%3E").content.decode()


def test_the_page_works_without_a_script(people: People, school: Tenant) -> None:
    page = people.viewer.get("/search/?q=ecole").content.decode()
    assert '<a class="palette-entry" href="/services/ecole.onmicrosoft.com/">' in page
    assert 'value="ecole"' in page and "<h2" in page
    assert people.viewer.get("/search/", {"q": "x" * 500 + "\0 %_'"}).status_code == 200
    people.viewer.cookies["django_language"] = "fr"
    assert people.viewer.get("/search/?q=services").status_code == 200


def test_as_many_queries_for_a_hundred_as_for_ten(people: People, tenant: Tenant) -> None:
    def ask(text: str) -> Any:
        return lambda: people.owner.get("/search/", {"q": text}, headers=HTMX)

    add_tenants(tenant, 3)
    few = [queries(ask(text)) for text in ("wing", "", "> seats wing")]
    add_tenants(tenant, 30)
    add_operations(tenant, people, 30)
    assert few == [queries(ask(text)) for text in ("wing", "", "> seats wing")]
    assert max(few) <= 18, few


def test_pinned_services_come_first_for_their_person_alone(
    people: People, tenant: Tenant, school: Tenant
) -> None:
    pin = reverse("panel:pin", args=[tenant.service_name])
    Tenant.objects.filter(pk=tenant.pk).update(display_name="Zebra")
    Tenant.objects.filter(pk=school.pk).update(display_name="Albatross")
    assert people.viewer.post(pin).headers["Location"] == tenant.get_absolute_url()
    people.viewer.post(pin)  # twice is once
    menu = people.viewer.get("/home/").content.decode()
    assert menu.index(">Zebra<") < menu.index(">Albatross<")
    assert menu.count('<span class="menu-name">Zebra<') == 1
    others = people.owner.get("/home/").content.decode()
    assert others.index(">Albatross<") < others.index(">Zebra<")
    assert found(people, "", "viewer")["pinned"] == ["Zebra"]
    assert "Take out" in people.viewer.get(tenant.get_absolute_url()).content.decode()
    assert people.stranger.post(pin).status_code == 404
    people.viewer.post(pin, {"pinned": "no"})
    assert not PinnedTenant.objects.exists()
    add_tenants(tenant, MOST)
    for row in Tenant.objects.exclude(pk=tenant.pk)[:MOST]:
        people.viewer.post(reverse("panel:pin", args=[row.service_name]))
    full = people.viewer.post(pin, follow=True).content.decode()
    assert f"You have pinned {MOST} services." in full
    Membership.objects.get(user=people.user("viewer")).delete()
    assert not PinnedTenant.objects.exists()


def test_letters_alone_are_switched_off_for_one_person(people: People) -> None:
    sheet = people.owner.get("/shortcuts/").content.decode()
    assert {one.keys for one in (*EVERYBODYS, ORDER)} <= set(re.findall('data-keys="(.*?)"', sheet))
    assert 'data-keys="n"' not in people.viewer.get("/shortcuts/").content.decode()
    assert " data-letter-keys>" in sheet
    page = people.owner.post("/shortcuts/", {"letters": "off"}, follow=True).content.decode()
    assert "data-letter-keys" not in page and "Single-letter shortcuts are off." in page
    assert "data-letter-keys" in people.viewer.get("/home/").content.decode()
    people.owner.post("/shortcuts/", {"letters": "on"})
    assert User.objects.get(email="owner@northwind.example").has_letter_keys


def test_many_queries_are_not_spent_on_nothing(people: People, tenant: Tenant) -> None:
    with CaptureQueriesContext(connection) as captured:
        answer(people, ">")
    assert not [one for one in captured if "subscriptions_subscription" in one["sql"]]
