"""A domain that is hosted elsewhere: records to copy, then the name servers' own answers."""

import pytest
from pytest_django import Settings

from common.errors import NotFound, Refused
from dnsconfig import services
from dnsconfig.models import DnsPlan, PlanState, ZoneConnection
from dnsconfig.providers import Outcome, connect
from dnsconfig.records import Record, of_text, txt
from journal.models import NextActor, Operation
from tests.dnsconfig.conftest import ZONE, Scene
from tests.people import People


@pytest.fixture
def elsewhere(scene: Scene, settings: Settings) -> ZoneConnection:
    """Northwind's zone is at a host that the portal knows nothing of."""
    settings.ZONE_PROVIDERS["by_hand"] = {
        "BACKEND": "dnsconfig.providers.by_hand.ZonesByHand",
        "OPTIONS": {},
    }
    ZoneConnection.objects.all().delete()
    connection = services.add_connection(
        account=scene.tenant.account,
        provider="by_hand",
        label="by hand",
        keys={"zones": f"{ZONE}, not-delegated.example"},
        by=scene.by,
    )
    scene.run_journal()
    connection.refresh_from_db()
    return connection


def write(scene: Scene, *records: Record) -> None:
    """Somebody types them into the panel of the host, with a TTL of his own."""
    for each in records:
        scene.host.served[ZONE].append(
            of_text(each.name, each.type, each.target, origin=ZONE, ttl=60)
        )


def test_only_what_is_delegated_is_offered(elsewhere: ZoneConnection) -> None:
    assert elsewhere.zones == [ZONE]


def test_the_records_are_shown_and_awaited(
    scene: Scene, elsewhere: ZoneConnection, people: People
) -> None:
    run = scene.prepare("Email")
    assert run.state == PlanState.PREPARING
    waiting = Operation.objects.get(kind="dns.write_verification")
    assert waiting.next_actor == NextActor.RESELLER
    page = people.operator.get(run.get_absolute_url()).content.decode()
    assert "MS=ms12345678" in page

    write(scene, txt(ZONE, "MS=ms12345678"))
    people.operator.post(f"{run.get_absolute_url()}look-again/")
    run = scene.go_on(run)
    assert run.state == PlanState.READY
    assert run.plan is not None

    run = scene.launch(run)
    assert run.state == PlanState.WRITING
    assert (
        "autodiscover.outlook.com." in people.operator.get(run.get_absolute_url()).content.decode()
    )
    write(scene, *run.plan.edit.adds[:2])
    services.look_again(plan=run)
    run = scene.go_on(run)
    assert {one["outcome"] for one in run.written} == {Outcome.ALREADY, Outcome.NOT_TAKEN}
    write(scene, *run.plan.edit.adds[2:])
    services.look_again(plan=run)
    assert scene.go_on(run).state == PlanState.DONE
    assert scene.host.written == []


def test_a_conflict_is_seen_through_the_name_servers(
    scene: Scene, elsewhere: ZoneConnection
) -> None:
    write(scene, of_text(ZONE, "MX", "10 mx1.mail.ovh.net.", origin=ZONE))
    run = scene.prepare("Email")
    assert run.state == PlanState.CONFLICT
    run = scene.decide(run, {f"MX {ZONE}": "keep"})
    assert run.state == PlanState.PREPARING


@pytest.mark.parametrize("typed", ["", "a b..example", "https://acme.example"])
def test_bad_names_are_refused(scene: Scene, elsewhere: ZoneConnection, typed: str) -> None:
    with pytest.raises(Refused):
        connect("by_hand", {"zones": typed}).zones()


def test_a_zone_that_nobody_delegates(scene: Scene, elsewhere: ZoneConnection) -> None:
    provider = connect("by_hand", {"zones": "not-delegated.example"})
    for ask in (provider.read, provider.name_servers, provider.refresh):
        with pytest.raises(NotFound):
            ask("not-delegated.example")


@pytest.mark.full
def test_a_zone_is_prepared_before_its_servers_are_set(scene: Scene, people: People) -> None:
    """The person said so: the run goes on and waits where the servers are needed."""
    url = f"/services/{scene.tenant.service_name}/domains/"
    wish = {"domain": "elsewhere.example", "services": ["Intune"]}
    assert "is_ahead_of_delegation" in people.operator.post(url, wish).content.decode()
    answer = people.operator.post(url, {**wish, "is_ahead_of_delegation": "on"})
    assert answer.status_code == 302
    run = scene.go_on(DnsPlan.objects.get())
    assert run.is_ahead_of_delegation
    assert run.state != PlanState.REFUSED


def test_other_keys_for_the_same_zones(scene: Scene, zones: ZoneConnection, people: People) -> None:
    url = f"/account/zones/{zones.pk}/keys/"
    assert "opensesame" not in people.owner.get(url).content.decode()
    people.owner.post(url, {"password": "shut"})
    scene.run_journal()
    zones.refresh_from_db()
    assert zones.keys == {"password": "shut"}
    assert Operation.objects.get(kind="dns.list_zones").error_text == "wrong password"
    people.owner.post(url, {"password": ""})
    zones.refresh_from_db()
    assert zones.keys == {"password": "shut"}
