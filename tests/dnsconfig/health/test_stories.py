"""A configured domain is looked at daily; its owner hears of it when it becomes worse."""

import json
from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now

from dnsconfig.health import services
from dnsconfig.health.models import KEPT, HealthCheck
from dnsconfig.models import DnsPlan, Domain, PlanState
from journal.models import Event, Operation, State
from tests.dnsconfig.conftest import ZONE, Scene
from tests.dnsconfig.dns_net import answer, by_zone, silent
from tests.people import People

PAGE = f"/services/acme.onmicrosoft.com/domains/{ZONE}/health/"
API = f"/api/v1/tenants/acme.onmicrosoft.com/domains/{ZONE}/health"


@pytest.fixture
def domain(scene: Scene) -> Domain:
    """Configured for all services, in an internet where Microsoft's policy answers."""
    root = scene.net.hosts["127.0.0.1"]
    policy = answer('spf.protection.outlook.com. 60 IN TXT "v=spf1 ip4:192.0.2.0/24 -all"')
    scene.net.hosts["127.0.0.1"] = by_zone(spf_protection_outlook_com=policy, example=root)
    run = scene.prepare()
    assert scene.launch(run).state == PlanState.DONE
    return run.domain


def look(scene: Scene, domain: Domain) -> HealthCheck:
    """One look, as the schedule or a person asks for it."""
    services.check_now(domain=domain, by=scene.by)
    scene.run_journal()
    found = domain.health_checks.first()
    assert found is not None
    return found


def healths(look: HealthCheck) -> dict[str, str]:
    return {one["check"]: one["health"] for one in look.results}


def unplant(scene: Scene, name: str, kind: str) -> list[object]:
    """Somebody deletes records at the host."""
    gone = [r for r in scene.host.zones[ZONE] if (r.name, r.type) == (name, kind)]
    assert gone
    scene.host.plant(ZONE, *(r for r in scene.host.zones[ZONE] if r not in gone))
    return [*gone]


def test_a_domain_just_configured_is_in_good_health(scene: Scene, domain: Domain) -> None:
    found = look(scene, domain)
    told = healths(found)
    assert told.pop("dkim") == told.pop("dmarc") == "warning"
    assert set(told.values()) == {"ok"}
    assert found.score == 96
    assert not mail.outbox
    assert not Event.objects.filter(kind__startswith="domain.health")


def test_the_owner_hears_once_of_what_became_worse(
    scene: Scene, domain: Domain, people: People, mailoutbox: list[mail.EmailMessage]
) -> None:
    people.northwind.users["operator"].language = "fr"
    people.northwind.users["operator"].save()
    before = look(scene, domain)
    kept = list(scene.host.zones[ZONE])
    unplant(scene, ZONE, "MX")

    worse = look(scene, domain)
    assert worse.score is not None
    assert before.score is not None
    assert worse.score < before.score
    assert healths(worse)["mx"] == "failed"
    assert {one.to[0] for one in mailoutbox} == {
        "owner@northwind.example",
        "operator@northwind.example",
    }
    text = next(one.body for one in mailoutbox if one.to == ["owner@northwind.example"])
    assert ZONE in mailoutbox[0].subject
    assert "no MX record" in text
    assert PAGE in text
    assert Event.objects.get(kind="domain.health_failed").data["checks"] == ["mx"]

    look(scene, domain)
    assert len(mailoutbox) == 2, "once is enough"

    scene.host.plant(ZONE, *kept)
    assert look(scene, domain).score == before.score
    assert Event.objects.get(kind="domain.health_recovered").data["checks"] == ["mx"]
    assert len(mailoutbox) == 2, "good news is an event, not a mail"

    unplant(scene, ZONE, "MX")
    look(scene, domain)
    assert len(mailoutbox) == 4, "it was good in between"


@pytest.mark.full
def test_silence_neither_lowers_the_score_nor_alerts(
    scene: Scene, domain: Domain, mailoutbox: list[mail.EmailMessage]
) -> None:
    before = look(scene, domain)
    scene.net.hosts["127.0.0.1"] = silent
    after = look(scene, domain)
    assert set(healths(after).values()) == {"unknown"}
    assert after.score == before.score
    assert not mailoutbox


def test_a_host_that_does_not_tell_its_servers_is_not_the_domains_fault(
    scene: Scene, domain: Domain
) -> None:
    scene.host.zones.clear()  # the host says that it does not know the zone
    told = healths(look(scene, domain))
    assert told["delegation"] == "unknown"
    assert told["mx"] == "ok"


def test_every_configured_domain_is_looked_at_once_a_day(scene: Scene, domain: Domain) -> None:
    Domain.objects.create(
        tenant=scene.tenant, connection=domain.connection, name="new.acme.example", zone=ZONE
    )
    assert services.plan_checks() == 1
    assert services.plan_checks() == 0, "one waits already"
    operation = Operation.objects.get(kind="dns.health")
    assert timedelta(0) <= operation.not_before - now() + timedelta(minutes=1)
    assert operation.not_before - now() <= services.SPREAD
    assert operation.account_id is None, "not among anybody's tasks"
    assert services.look_under_way(domain) is None or operation.not_before <= now()


def test_a_person_need_not_wait_for_the_look_of_the_day(scene: Scene, domain: Domain) -> None:
    services.plan_checks()
    planned = Operation.objects.get(kind="dns.health")
    asked = services.check_now(domain=domain, by=scene.by)
    assert asked.account_id == scene.tenant.account_id
    assert services.check_now(domain=domain, by=scene.by) == asked, "once"
    assert services.look_under_way(domain) == asked
    scene.run_journal()
    planned.refresh_from_db()
    assert planned.state == State.CANCELLED
    assert HealthCheck.objects.get().domain == domain
    services.plan_checks()
    assert Operation.objects.filter(kind="dns.health").count() == 2, "not planned again today"


def test_the_tasks_of_last_week_are_forgotten_and_what_they_saw_is_not(
    scene: Scene, domain: Domain
) -> None:
    look(scene, domain)
    others = Operation.objects.exclude(kind="dns.health").count()
    Operation.objects.update(finished_at=now() - timedelta(days=8))
    services.plan_checks()
    left = Operation.objects.get(kind="dns.health")
    assert left.state == State.TODO, "the look of today"
    assert Operation.objects.exclude(kind="dns.health").count() == others
    assert HealthCheck.objects.count() == 1


def test_the_last_ninety_looks_are_kept(scene: Scene, domain: Domain) -> None:
    for number in range(KEPT + 3):
        services.keep(domain=domain, results=(), at=now() + timedelta(minutes=number))
    assert domain.health_checks.count() == KEPT
    newest = domain.health_checks.first()
    assert newest is not None
    oldest = domain.health_checks.last()
    assert oldest is not None
    assert newest.pk - oldest.pk == KEPT - 1


def test_an_operator_checks_and_plans_the_repair_in_the_browser(
    scene: Scene, domain: Domain, people: People
) -> None:
    assert "Nobody has looked yet" in people.viewer.get(PAGE).content.decode()
    assert "Check now" not in people.viewer.get(PAGE).content.decode()
    assert people.operator.post(PAGE)["Location"] == PAGE
    waiting = people.operator.get(PAGE).content.decode()
    assert "being asked" in waiting
    unplant(scene, f"autodiscover.{ZONE}", "CNAME")
    scene.run_journal()

    shown = people.viewer.get(PAGE).content.decode()
    assert "being asked" not in shown
    assert "of 100" in shown
    assert "There is no record. Add autodiscover.outlook.com." in shown
    assert "Plan the repair" not in shown

    done = DnsPlan.objects.get()
    answer = people.operator.post(PAGE + "repair/")
    run = DnsPlan.objects.exclude(pk=done.pk).get()
    assert answer["Location"] == run.get_absolute_url()
    scene.launch(scene.go_on(run))
    assert healths(look(scene, domain))["autodiscover"] == "ok"


def test_the_domains_page_leads_to_the_health_of_each(
    scene: Scene, domain: Domain, people: People
) -> None:
    page = people.viewer.get("/services/acme.onmicrosoft.com/domains/").content.decode()
    assert f'href="{PAGE}"' in page
    assert 'href="/account/domains/health/"' in page


def test_a_repair_that_cannot_be_planned_says_why(
    scene: Scene, domain: Domain, people: People
) -> None:
    before = DnsPlan.objects.count()
    domain.connection.list_zones([])
    answer = people.operator.post(PAGE + "repair/", follow=True)
    assert "none of your zones" in answer.content.decode()
    assert DnsPlan.objects.count() == before


def test_the_history_has_pages(scene: Scene, domain: Domain, people: People) -> None:
    for number in range(12):
        services.keep(domain=domain, results=(), at=now() + timedelta(minutes=number))
    assert 'rel="next"' in people.viewer.get(PAGE).content.decode()
    assert 'rel="prev"' in people.viewer.get(PAGE + "?page=2").content.decode()


def test_programs_read_and_ask(scene: Scene, domain: Domain, people: People) -> None:
    empty = people.api("viewer").get(API).json()
    assert empty == {"domain": ZONE, "score": None, "checked_at": None, "checks": []}
    assert people.api("viewer").post(API).status_code == 403
    answer = people.api("operator").post(API)
    assert answer.status_code == 202
    assert answer.json()["kind"] == "dns.health"
    scene.run_journal()
    told = people.api("viewer").get(API).json()
    assert told["score"] == 96
    (mx,) = (one for one in told["checks"] if one["check"] == "mx")
    assert mx["state"] == "ok"
    assert mx["weight"] == 20
    assert json.dumps(mx["facts"])
    assert people.api("stranger").get(API).status_code == 404


def test_a_domain_that_is_not_configured_yet(scene: Scene, domain: Domain, people: People) -> None:
    Domain.objects.filter(pk=domain.pk).update(configured_at=None)
    assert people.api("operator").post(API).status_code == 422
    assert "not configured yet" in people.operator.post(PAGE, follow=True).content.decode()
    assert not Operation.objects.filter(kind="dns.health").exists()


def test_the_account_sees_its_worst_domains_first(
    scene: Scene,
    domain: Domain,
    people: People,
) -> None:
    bad, new = (
        Domain.objects.create(
            tenant=scene.tenant,
            connection=domain.connection,
            name=name,
            zone=ZONE,
            services=["Email"],
            configured_at=now(),
        )
        for name in ("bad.acme.example", "new.acme.example")
    )
    look(scene, domain)
    look(scene, bad)
    page = people.viewer.get("/account/domains/health/").content.decode()
    places = [page.index(f">{name}</a>") for name in (bad.name, ZONE, new.name)]
    assert places == sorted(places)
    stranger = people.stranger.get("/account/domains/health/").content.decode()
    assert ZONE not in stranger

    before = _queries(people)
    for number in range(8):
        Domain.objects.create(
            tenant=scene.tenant,
            connection=domain.connection,
            name=f"more{number}.acme.example",
            zone=ZONE,
            configured_at=now(),
        )
    assert _queries(people) == before


def _queries(people: People) -> int:
    with CaptureQueriesContext(connection) as captured:
        people.viewer.get("/account/domains/health/")
    return len(captured)
