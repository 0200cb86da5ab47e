"""`dns.verify` in the flow: what it waits for, and what it keeps for the page."""

import pytest

from dnsconfig import services, words
from dnsconfig.models import DnsPlan, PlanState
from dnsconfig.remote.servers import BOGUS, LAGGING, signature_problem
from dnsconfig.standing import standing_runs
from journal.models import Event, Operation, State
from tests.dnsconfig.conftest import GOOD, ZONE, Scene
from tests.dnsconfig.dns_net import by_zone, delegate, fail, silent
from tests.dnsconfig.signed import Key


def launch(scene: Scene, run: DnsPlan) -> None:
    """Write, and look once."""
    services.launch(plan=run, by=scene.by)
    scene.run_journal()
    run.refresh_from_db()


def step(run: DnsPlan) -> Operation:
    return Operation.objects.get(journey=run.journey, kind="dns.verify")


def test_40_published_on_one_of_two_is_waited_for_and_not_failed(scene: Scene) -> None:
    run = scene.prepare("Intune")
    scene.net.hosts["127.0.0.3"] = fail("REFUSED")
    launch(scene, run)
    assert (step(run).state, step(run).error_text) == (State.TODO, LAGGING)
    one, two = run.published
    assert (one["problem"], one["missing"]) == ("", [])
    assert (two["problem"], two["errors"], len(two["missing"])) == ("refused", ["REFUSED"], 2)

    scene.net.hosts["127.0.0.3"] = scene.host.answer
    assert scene.go_on(run).state == PlanState.DONE


def test_41_a_zone_that_turns_bogus_is_not_called_done(scene: Scene) -> None:
    run = scene.prepare("Intune")
    root = scene.net.hosts["127.0.0.1"]
    signed = by_zone(acme_example=delegate(f"{ZONE}.", Key().ds(ZONE), **GOOD), example=root)
    scene.net.hosts["127.0.0.1"] = signed
    launch(scene, run)
    assert (step(run).state, step(run).error_text) == (State.TODO, BOGUS)
    assert [one["broken"] for one in run.published] == ["no_key", "no_key"]
    assert [one["missing"] for one in run.published] == [[], []], "the servers look right"
    found = signature_problem(ZONE)
    assert found == {"code": "bogus", "zone": ZONE, "broken": "no_key"}
    assert ZONE in words.problem(found)

    scene.net.hosts["127.0.0.1"] = root
    assert signature_problem(ZONE) is None
    assert scene.go_on(run).state == PlanState.DONE
    assert step(run).result["dnssec"] == "unsigned"


def test_41_nothing_is_written_into_a_zone_that_is_bogus_already(scene: Scene) -> None:
    root = scene.net.hosts["127.0.0.1"]
    signed = by_zone(acme_example=delegate(f"{ZONE}.", Key().ds(ZONE), **GOOD), example=root)
    scene.net.hosts["127.0.0.1"] = signed
    run = scene.prepare("Intune")
    assert (run.state, run.problem["code"]) == (PlanState.REFUSED, "bogus")
    assert not scene.host.written


def test_what_is_taken_back_is_no_longer_looked_after(scene: Scene) -> None:
    first = scene.launch(scene.prepare("Intune"))
    second = scene.launch(scene.prepare("OfficeCommunicationsOnline"))
    domain = first.domain
    domain.refresh_from_db()
    assert [one.pk for one in standing_runs(domain)] == [first.pk, second.pk]

    back = scene.go_on(services.undo(plan=second, by=scene.by))
    assert scene.launch(back).state == PlanState.DONE
    domain.refresh_from_db()
    assert domain.services == ["Intune"]
    assert standing_runs(domain) == [first]

    end = scene.go_on(services.withdraw(domain=domain, by=scene.by))
    assert scene.launch(end).state == PlanState.DONE
    domain.refresh_from_db()
    assert (domain.services, domain.configured_at) == ([], None)
    assert Event.objects.filter(kind="dns.withdraw_done").exists()


@pytest.mark.full
def test_41_silent_parents_are_no_reason_to_call_a_zone_bogus(scene: Scene) -> None:
    scene.net.hosts["127.0.0.1"] = silent
    assert signature_problem(ZONE) is None
