"""The owner, a viewer and a stranger at the pages and the API of domains."""

import pytest
from django.test import Client

from dnsconfig.models import DnsPlan, PlanState, ZoneConnection
from journal.models import Operation
from tests.dnsconfig.conftest import ZONE, Scene
from tests.dnsconfig.dns_net import silent
from tests.people import People

SERVICE = "/services/acme.onmicrosoft.com/domains/"
TENANT = "/api/v1/tenants/acme.onmicrosoft.com/"
ALL = ["Email", "OfficeCommunicationsOnline", "Intune"]


def test_an_operator_configures_a_domain_in_the_browser(scene: Scene, people: People) -> None:
    page = people.operator.get(SERVICE)
    assert "Launch configuration" in page.content.decode()
    answer = people.operator.post(SERVICE, {"domain": ZONE, "services": ALL})
    run = DnsPlan.objects.get()
    assert answer.status_code == 302
    assert answer["Location"] == f"{SERVICE}plans/{run.pk}/"

    scene.go_on(run)
    shown = people.operator.get(answer["Location"]).content.decode()
    assert "contoso-com.o-v1.mx.microsoft." in shown
    assert "Write these records" in shown
    people.operator.post(f"{SERVICE}plans/{run.pk}/launch/")
    assert scene.go_on(run).state == PlanState.DONE
    done = people.viewer.get(answer["Location"]).content.decode()
    assert "9 of 9" in done
    assert "Write these records" not in done


def test_a_part_of_a_domain(scene: Scene, people: People) -> None:
    for part, status in (("mail", 302), ("bad name", 422)):
        wish = {"domain": ZONE, "services": ["Email"], "part": part}
        assert people.operator.post(SERVICE, wish).status_code == status
    assert DnsPlan.objects.get().domain.name == f"mail.{ZONE}"


def test_nothing_ticked_and_foreign_zones_come_back_with_a_sentence(
    scene: Scene, people: People
) -> None:
    for wish in ({"domain": ZONE}, {"domain": "stranger.example", "services": ALL}):
        answer = people.operator.post(SERVICE, wish)
        assert answer.status_code == 422
    assert not DnsPlan.objects.exists()


def test_a_zone_that_nobody_would_see_is_refused_at_once(scene: Scene, people: People) -> None:
    wish = {"domain": "elsewhere.example", "services": ALL}
    answer = people.operator.post(SERVICE, wish)
    assert answer.status_code == 422
    assert "ns1.memory.example, ns2.memory.example" in answer.content.decode()
    refused = people.api("operator").post(TENANT + "dns-plans", wish, format="json")
    assert refused.status_code == 422
    assert "ns1.other.example" in str(refused.json())
    assert not DnsPlan.objects.exists()


def test_where_the_live_check_cannot_tell_the_wish_is_taken(scene: Scene, people: People) -> None:
    scene.net.hosts["127.0.0.1"] = silent
    answer = people.operator.post(SERVICE, {"domain": ZONE, "services": ALL})
    assert answer.status_code == 302


def test_an_integrator_configures_a_domain(scene: Scene, people: People) -> None:
    api = people.api("operator")
    assert {zone["name"] for zone in api.get("/api/v1/zones").json()} == set(scene.host.zones)
    answer = api.post(TENANT + "dns-plans", {"domain": ZONE, "services": ALL}, format="json")
    assert answer.status_code == 202
    assert answer.json()["state"] == "preparing"
    assert answer.json()["operations"][0]["kind"] == "dns.look_ahead"
    scene.run_journal(skip_pauses=True)
    ready = api.get(answer["Location"]).json()
    assert ready["state"] == "ready"
    assert {change["action"] for change in ready["changes"]} == {"add"}
    assert api.post(answer["Location"] + "/launch").status_code == 202
    scene.run_journal(skip_pauses=True)
    assert api.get(answer["Location"]).json()["state"] == "done"
    assert api.get(TENANT + "domains").json()["results"][0]["services"] == sorted(ALL)
    assert api.get(TENANT + "dns-plans").json()["count"] == 1
    assert api.post(answer["Location"] + "/launch").status_code == 422


def test_a_conflict_is_shown_in_words(scene: Scene, people: People) -> None:
    scene.plant("", "MX", "10 mx1.mail.ovh.net.")
    run = scene.prepare()
    page = people.viewer.get(run.get_absolute_url()).content.decode()
    assert "10 mx1.mail.ovh.net." in page
    assert "Mail goes to another provider" in page
    assert run.state == PlanState.CONFLICT


@pytest.fixture
def run(scene: Scene) -> DnsPlan:
    return scene.prepare("Intune")


def test_a_viewer_looks_and_a_stranger_finds_nothing(
    run: DnsPlan, zones: ZoneConnection, people: People
) -> None:
    pages = [SERVICE, f"{SERVICE}plans/{run.pk}/"]
    writes = [
        SERVICE,
        f"{SERVICE}plans/{run.pk}/launch/",
        f"{SERVICE}plans/{run.pk}/give-up/",
        f"/account/zones/{zones.pk}/refresh/",
        f"/account/zones/{zones.pk}/remove/",
    ]
    before = _state(run)
    for url in pages:
        assert people.viewer.get(url).status_code == 200
        assert people.stranger.get(url).status_code == 404
        assert people.nobody.get(url).status_code == 302
    for url in writes:
        assert people.viewer.post(url).status_code == 403, url
        assert people.stranger.post(url).status_code == 404, url
        assert people.nobody.post(url).status_code == 302, url
    assert _state(run) == before


def test_the_same_through_the_api(run: DnsPlan, people: People) -> None:
    viewer, stranger, nobody = (people.api(who) for who in ("viewer", "stranger", "nobody"))
    plan = f"{TENANT}dns-plans/{run.pk}"
    for url in (TENANT + "domains", TENANT + "dns-plans", plan):
        assert viewer.get(url).status_code == 200
        assert stranger.get(url).status_code == 404
        assert nobody.get(url).status_code == 401
    for url in (TENANT + "dns-plans", plan + "/launch", plan + "/give-up"):
        wish = {"domain": ZONE, "services": ALL}
        assert viewer.post(url, wish, format="json").status_code == 403
        assert stranger.post(url, wish, format="json").status_code == 404
        assert nobody.post(url, wish, format="json").status_code == 401
    assert people.api("stranger").get("/api/v1/zones").json() == []


def test_giving_up_by_page_and_api(run: DnsPlan, people: People) -> None:
    people.operator.post(f"{SERVICE}plans/{run.pk}/give-up/")
    assert _state(run)[0] == PlanState.CANCELLED
    again = people.api("operator").post(f"{TENANT}dns-plans/{run.pk}/give-up")
    assert again.status_code == 422


def test_keys_are_the_owners_and_never_shown(scene: Scene, people: People) -> None:
    url = "/account/zones/"
    wish = {"label": "second", "password": "opensesame"}
    for client, status in ((people.viewer, 403), (people.operator, 403), (people.nobody, 302)):
        assert client.post(url, wish).status_code == status
    assert people.owner.post(url, wish).status_code == 302
    assert people.owner.post(url, wish).status_code == 422
    assert people.owner.post(url, {"label": "third"}).status_code == 422
    scene.run_journal()
    added = ZoneConnection.objects.get(label="second")
    assert added.zones == sorted(scene.host.zones)
    assert added.keys == {"password": "opensesame"}
    for client in (people.owner, people.staff):
        page = _shown(client, url) + _shown(client, "/admin/dnsconfig/zoneconnection/")
        assert "opensesame" not in page
    admin = people.staff.get(f"/admin/dnsconfig/zoneconnection/{added.pk}/change/")
    assert admin.status_code == 200
    assert "opensesame" not in admin.content.decode()


def test_keys_in_use_stay_and_unused_ones_go(
    run: DnsPlan, zones: ZoneConnection, people: People
) -> None:
    people.owner.post(f"/account/zones/{zones.pk}/remove/")
    assert ZoneConnection.objects.filter(pk=zones.pk).exists()
    spare = ZoneConnection.objects.create(account=zones.account, provider="ovh", label="spare")
    people.owner.post(f"/account/zones/{spare.pk}/remove/")
    assert not ZoneConnection.objects.filter(pk=spare.pk).exists()


def test_wrong_keys_are_said_where_the_zones_are_listed(scene: Scene, people: People) -> None:
    people.owner.post("/account/zones/", {"label": "wrong", "password": "shut"})
    scene.run_journal()
    assert Operation.objects.get(kind="dns.list_zones").error_text == "wrong password"
    assert "wrong password" in people.owner.get("/account/zones/").content.decode()


def _state(run: DnsPlan) -> tuple[str, int]:
    run.refresh_from_db()
    return run.state, Operation.objects.count()


def _shown(client: Client, url: str) -> str:
    return client.get(url).content.decode()
