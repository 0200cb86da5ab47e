"""A domain is proved, planned, shown, written, refreshed, and seen at every server."""

import pytest
from pytest_django import Settings

from common.errors import OutcomeUnknown
from common.refusals import Impossible
from dnsconfig import services
from dnsconfig.extras import Extras
from dnsconfig.models import Domain, PlanState
from dnsconfig.records import txt
from journal import services as journal
from journal.models import Event, Operation, State
from tests.dnsconfig.conftest import ZONE, Scene, open_tenant
from tests.dnsconfig.dns_net import silent
from tests.dnsconfig.told import all_services, told
from tests.people import Reseller


def kinds(scene: Scene, state: str) -> list[str]:
    rows = Operation.objects.filter(state=state).order_by("pk")
    return list(rows.values_list("kind", flat=True))


def test_all_three_services_from_the_tick_to_the_servers(scene: Scene) -> None:
    scene.graph.not_seen = scene.graph.not_prepared = 1
    run = scene.prepare()
    assert run.state == PlanState.READY
    assert run.plan is not None
    assert len(run.plan.edit.adds) == 9
    assert [str(one) for one in scene.host.written] == [f"{ZONE} TXT MS=ms12345678"]

    run = scene.launch(run)
    assert run.state == PlanState.DONE
    assert len(scene.host.written) == 10
    assert set(run.plan.expected) <= set(scene.host.served[ZONE])
    assert [(one["server"], one["missing"]) for one in run.published] == [
        ("ns1.memory.example", []),
        ("ns2.memory.example", []),
    ]
    domain = Domain.objects.get()
    assert domain.verified_at
    assert domain.services == ["Email", "Intune", "OfficeCommunicationsOnline"]
    assert scene.graph.domains[ZONE]["supportedServices"] == domain.services
    assert set(kinds(scene, State.DONE)) == {*services.PREPARE, *services.APPLY}
    assert Event.objects.filter(kind="domain.configured").count() == 1


def test_the_same_again_writes_nothing(scene: Scene) -> None:
    scene.launch(scene.prepare())
    written = list(scene.host.written)
    run = scene.prepare()
    assert run.plan is not None
    assert run.plan.is_empty
    assert scene.launch(run).state == PlanState.DONE
    assert scene.host.written == written


def test_services_are_added_to_those_that_are_on(scene: Scene) -> None:
    scene.launch(scene.prepare("Intune"))
    scene.launch(scene.prepare("Email"))
    assert scene.graph.domains[ZONE]["supportedServices"] == ["Email", "Intune"]
    assert Domain.objects.get().services == ["Email", "Intune"]


def test_a_sub_domain_of_a_zone_leaves_the_apex_alone(scene: Scene) -> None:
    run = scene.launch(scene.prepare("Email", domain=f"Mail.{ZONE}"))
    assert run.state == PlanState.DONE
    assert {r.name for r in scene.host.written} == {f"mail.{ZONE}", f"autodiscover.mail.{ZONE}"}


@pytest.mark.parametrize(
    ("name", "kind", "value"),
    [
        ("", "MX", "10 mx1.mail.ovh.net."),
        ("", "TXT", '"v=spf1 include: mx.ovh.com ~all"'),
        ("autodiscover.", "CNAME", "mail.old.example."),
        ("sip.", "A", "192.0.2.7"),
    ],
)
def test_a_conflict_is_shown_and_nothing_is_written_anywhere(
    scene: Scene, name: str, kind: str, value: str
) -> None:
    found = scene.plant(name, kind, value)
    run = scene.prepare()
    assert run.state == PlanState.CONFLICT
    assert run.plan is not None
    assert any(found in change.found for change in run.plan.conflicts)
    assert scene.host.written == []
    assert scene.graph.domains == {}
    assert kinds(scene, State.DONE)[0] == "dns.look_ahead"
    assert set(kinds(scene, State.DONE)[1:]) == {"notice.event"}
    assert len(kinds(scene, State.CANCELLED)) == len(services.PREPARE) - 1


def test_a_conflict_that_only_microsofts_answer_shows(scene: Scene) -> None:
    scene.plant("", "MX", "0 old.mail.protection.outlook.com.")
    run = scene.prepare()
    assert run.state == PlanState.CONFLICT
    assert [str(one) for one in scene.host.written] == [f"{ZONE} TXT MS=ms12345678"]


def test_an_unticked_service_does_not_stand_in_the_way(scene: Scene) -> None:
    scene.plant("", "MX", "10 mx1.mail.ovh.net.")
    assert scene.launch(scene.prepare("Intune")).state == PlanState.DONE


def test_a_zone_that_is_not_delegated_is_refused_with_the_servers_to_set(scene: Scene) -> None:
    run = scene.prepare(domain="elsewhere.example")
    assert run.state == PlanState.REFUSED
    assert run.problem["code"] == "elsewhere"
    assert run.problem["set"] == ["ns1.memory.example", "ns2.memory.example"]
    assert scene.host.written == []
    assert scene.graph.domains == {}


def test_where_nobody_can_tell_the_delegation_the_journal_tries_on(scene: Scene) -> None:
    root = scene.net.hosts["127.0.0.1"]
    scene.net.hosts["127.0.0.1"] = silent
    run = services.prepare(tenant=scene.tenant, domain_name=ZONE, services=["Intune"], by=scene.by)
    scene.run_journal()
    assert kinds(scene, State.TODO)[0] == "dns.look_ahead"
    scene.net.hosts["127.0.0.1"] = root
    assert scene.go_on(run).state == PlanState.READY


def test_what_microsoft_gets_wrong_is_named_and_not_published(scene: Scene) -> None:
    broken = told(ZONE, "Txt", text="v=spf1 include: spf.protection.outlook.com ~all")
    scene.graph.records = [r for r in all_services(ZONE) if r.record_type != "Txt"] + [broken]
    run = scene.prepare()
    assert run.state == PlanState.REFUSED
    assert run.problem["code"] == "broken_spf"
    assert len(scene.host.written) == 1


def test_a_domain_of_another_tenant_is_refused_in_microsofts_words(scene: Scene) -> None:
    scene.graph.is_taken = True
    scene.prepare()
    (failed,) = Operation.objects.filter(state=State.ERROR)
    assert failed.kind == "domain.add"
    assert "another directory" in failed.error_text
    assert scene.host.written == []


def test_a_lost_answer_adds_the_domain_once(scene: Scene) -> None:
    scene.graph.lost_adds = 1
    assert scene.prepare().state == PlanState.READY
    adds = [r for r in scene.graph.asked if r.method == "POST" and r.url.path.endswith("/domains")]
    assert len(adds) == 1


def test_a_lost_answer_in_the_middle_of_the_zone_doubles_nothing(scene: Scene) -> None:
    run = scene.prepare()
    scene.host.lost = [OutcomeUnknown("lost"), OutcomeUnknown("lost")]
    assert scene.launch(run).state == PlanState.DONE
    assert len(scene.host.written) == len(set(scene.host.written)) == 10


def test_a_zone_changed_by_somebody_else_makes_a_new_plan(scene: Scene) -> None:
    kept = scene.plant("enterpriseregistration.", "CNAME", "enterpriseregistration.windows.net.")
    run = scene.prepare("Intune")
    scene.host.zones[ZONE].remove(kept)
    run = scene.launch(run)
    assert run.state == PlanState.READY
    assert run.is_stale
    assert len(scene.host.written) == 1
    run = scene.launch(run)
    assert run.state == PlanState.DONE
    assert len(scene.host.written) == 3


def test_a_zone_changed_into_a_conflict_ends_the_run(scene: Scene) -> None:
    run = scene.prepare("Intune")
    scene.plant("enterpriseregistration.", "CNAME", "fs.corp.example.")
    assert scene.launch(run).state == PlanState.CONFLICT
    assert len(scene.host.written) == 1


def test_a_server_that_lags_is_named_until_it_follows(scene: Scene) -> None:
    run = scene.prepare("Intune")
    current = scene.net.hosts["127.0.0.3"]
    scene.net.hosts["127.0.0.3"] = silent
    services.launch(plan=run, by=scene.by)
    scene.run_journal()
    run.refresh_from_db()
    assert run.state == PlanState.PUBLISHING
    assert [len(one["missing"]) for one in run.published] == [0, 2]
    assert run.published[1]["errors"] == ["no answer"]
    scene.net.hosts["127.0.0.3"] = current
    assert scene.go_on(run).state == PlanState.DONE


def test_what_is_written_and_not_refreshed_is_not_called_done(scene: Scene) -> None:
    run = scene.prepare("Intune")
    scene.host.zones[ZONE].append(txt(ZONE, "stored, not served"))
    scene.launch(run)
    assert txt(ZONE, "stored, not served") in scene.host.served[ZONE]


def test_a_newer_run_replaces_one_that_waits_for_a_person(scene: Scene) -> None:
    first = scene.prepare("Intune")
    second = scene.prepare("Email")
    first.refresh_from_db()
    assert (first.state, second.state) == (PlanState.CANCELLED, PlanState.READY)
    with pytest.raises(Impossible):
        services.launch(plan=first, by=scene.by)


def test_a_second_click_while_it_is_under_way(scene: Scene) -> None:
    services.prepare(tenant=scene.tenant, domain_name=ZONE, services=["Email"], by=scene.by)
    with pytest.raises(Impossible):
        services.prepare(tenant=scene.tenant, domain_name=ZONE, services=["Email"], by=scene.by)


def test_rights_that_the_customer_has_not_granted_are_waited_for(scene: Scene) -> None:
    scene.tenant.gdap.move("approvalPending")
    run = scene.prepare("Intune")
    waiting = Operation.objects.get(kind="domain.add")
    assert (waiting.state, waiting.next_actor) == (State.TODO, "customer")
    scene.tenant.gdap.move("ready")
    journal.hurry(subjects=[waiting.subject])
    assert scene.go_on(run).state == PlanState.READY


def test_giving_up_leaves_what_is_written(scene: Scene) -> None:
    run = scene.prepare("Intune")
    services.give_up(plan=run, by=scene.by)
    assert run.state == PlanState.CANCELLED
    with pytest.raises(Impossible):
        services.give_up(plan=run, by=scene.by)
    assert len(scene.host.zones[ZONE]) == 2


@pytest.mark.parametrize(
    ("name", "ticked", "field"),
    [
        (ZONE, [], "services"),
        (ZONE, ["Sharepoint"], "services"),
        ("co.uk", ["Email"], "domain"),
        ("acme.onmicrosoft.com", ["Email"], "domain"),
        ("stranger.example", ["Email"], "domain"),
        ("", ["Email"], "domain"),
    ],
)
def test_01_04_07_bad_input_gets_a_sentence_and_nothing_is_written(
    scene: Scene, name: str, ticked: list[str], field: str
) -> None:
    with pytest.raises(Impossible) as refused:
        services.prepare(tenant=scene.tenant, domain_name=name, services=ticked, by=scene.by)
    assert list(refused.value.errors) == [field]
    assert not Operation.objects.exists()
    assert not Domain.objects.exists()


def test_a_decision_before_the_proof_lets_the_run_go_on(scene: Scene) -> None:
    """The likely plan is decided first; the choice holds for the real one."""
    old = scene.plant("", "MX", "10 mx1.mail.ovh.net.")
    run = scene.prepare("Email")
    assert (run.state, run.is_likely) == (PlanState.CONFLICT, True)
    run = scene.decide(run, {f"MX {ZONE}": "replace"})
    assert (run.state, run.is_likely) == (PlanState.READY, False)
    assert run.plan is not None
    assert run.plan.gone == (old,)
    run = scene.launch(run)
    assert run.state == PlanState.DONE
    (exchange,) = [r for r in scene.host.served[ZONE] if r.type == "MX"]
    assert exchange.value == "0 contoso-com.o-v1.mx.microsoft."


def test_kept_exchanges_stay_and_the_rest_is_written(scene: Scene) -> None:
    old = scene.plant("", "MX", "10 eu-smtp-inbound-1.mimecast.com.")
    run = scene.launch(scene.decide(scene.prepare("Email"), {f"MX {ZONE}": "keep"}))
    assert run.state == PlanState.DONE
    assert [r for r in scene.host.served[ZONE] if r.type == "MX"] == [old]
    assert any(r.name.startswith("autodiscover") for r in scene.host.served[ZONE])


def test_a_staged_move_and_its_end(scene: Scene) -> None:
    """Mail stays at the old provider until a person finishes the move."""
    scene.plant("", "MX", "10 mx1.mail.ovh.net.")
    run = scene.launch(scene.decide(scene.prepare("Email"), {f"MX {ZONE}": "stage"}))
    assert run.state == PlanState.DONE
    assert {r.value for r in scene.host.served[ZONE] if r.type == "MX"} == {
        "10 mx1.mail.ovh.net.",
        "20 contoso-com.o-v1.mx.microsoft.",
    }
    run = scene.prepare("Email")
    assert run.state == PlanState.READY
    run = scene.launch(scene.decide(run, {f"MX {ZONE}": "finish"}))
    assert {r.value for r in scene.host.served[ZONE] if r.type == "MX"} == {
        "0 contoso-com.o-v1.mx.microsoft."
    }


def test_an_spf_record_is_merged_and_given_back(scene: Scene) -> None:
    old = scene.plant("", "TXT", '"v=spf1 ip4:192.0.2.7 ~all"')
    before = set(scene.host.zones[ZONE])
    run = scene.launch(scene.prepare("Email"))
    assert run.state == PlanState.DONE
    policies = [r.value for r in scene.host.served[ZONE] if r.value.startswith("v=spf1")]
    assert policies == ["v=spf1 ip4:192.0.2.7 include:spf.protection.outlook.com ~all"]

    back = scene.go_on(services.undo(plan=run, by=scene.by))
    assert back.state == PlanState.READY
    assert scene.launch(back).state == PlanState.DONE
    after = {r for r in scene.host.served[ZONE] if not r.value.startswith("MS=")}
    assert after == before
    assert old in after
    run.refresh_from_db()
    assert run.is_undone
    with pytest.raises(Impossible):
        services.undo(plan=run, by=scene.by)


def test_undoing_leaves_what_others_have_changed_since(scene: Scene) -> None:
    run = scene.launch(scene.prepare("Intune"))
    ours = next(r for r in scene.host.zones[ZONE] if r.name.startswith("enterpriseenrollment"))
    scene.host.zones[ZONE].remove(ours)
    theirs = scene.plant("enterpriseenrollment.", "CNAME", "mdm.corp.example.")
    back = scene.go_on(services.undo(plan=run, by=scene.by))
    assert back.plan is not None
    assert {c.reason.value for c in back.plan.changes} == {"undo", "changed_since"}
    scene.launch(back)
    assert theirs in scene.host.served[ZONE]
    assert not any(r.name.startswith("enterpriseregistration") for r in scene.host.served[ZONE])


def test_an_optional_record_is_left_out(scene: Scene) -> None:
    run = scene.prepare("OfficeCommunicationsOnline")
    run = scene.decide(run, {f"CNAME sip.{ZONE}": "leave"})
    run = scene.launch(run)
    assert run.state == PlanState.DONE
    names = {r.name for r in scene.host.served[ZONE]}
    assert f"sip.{ZONE}" not in names
    assert f"lyncdiscover.{ZONE}" in names


def test_a_trial_run_touches_nothing(scene: Scene) -> None:
    run = scene.prepare("Email", "Intune", is_dry=True)
    assert (run.state, run.is_likely) == (PlanState.READY, True)
    assert run.plan is not None
    assert len(run.plan.edit.adds) == 4
    with pytest.raises(Impossible):
        services.launch(plan=run, by=scene.by)
    assert scene.host.written == []
    assert scene.graph.domains == {}


def test_keys_and_reports_of_mail(scene: Scene) -> None:
    targets = [f"selector{n}-acme-example._domainkey.acme.n-v1.dkim.mail.microsoft" for n in (1, 2)]
    extras = Extras.clean(dkim1=targets[0], dkim2=targets[1], report_to=f"dmarc@{ZONE}")
    run = scene.launch(scene.prepare("Email", extras=extras))
    assert run.state == PlanState.DONE
    served = {r.name: r.value for r in scene.host.served[ZONE]}
    assert served[f"selector2._domainkey.{ZONE}"] == targets[1] + "."
    assert served[f"_dmarc.{ZONE}"] == f"v=DMARC1; p=none; rua=mailto:dmarc@{ZONE}"


def test_our_records_are_taken_out_and_mail_keeps_its_way(scene: Scene) -> None:
    scene.launch(scene.prepare())
    domain = Domain.objects.get()
    run = scene.go_on(services.withdraw(domain=domain, by=scene.by))
    assert run.state == PlanState.READY
    scene.launch(run)
    left = {(r.type, r.name) for r in scene.host.served[ZONE]}
    assert left == {("A", ZONE), ("MX", ZONE), ("TXT", ZONE)}


def test_a_choice_that_is_not_offered_is_refused(scene: Scene) -> None:
    scene.plant("", "MX", "10 mx1.mail.ovh.net.")
    run = scene.prepare("Email")
    for decisions in ({f"MX {ZONE}": "ttl"}, {"MX other.example": "keep"}):
        with pytest.raises(Impossible):
            services.decide(plan=run, decisions=decisions, by=scene.by)


def test_59_a_proved_domain_is_not_taken_by_another_customer(
    scene: Scene, northwind: Reseller
) -> None:
    scene.prepare("Intune")
    other = open_tenant(northwind, "other")
    with pytest.raises(Impossible, match="Acme"):
        services.prepare(tenant=other, domain_name=ZONE, services=["Intune"], by=scene.by)


@pytest.mark.parametrize("lost_at", range(6))
def test_46_56_a_replacement_that_dies_anywhere_is_completed(scene: Scene, lost_at: int) -> None:
    scene.plant("", "MX", "10 mx1.mail.ovh.net.")
    scene.plant("", "MX", "20 mx2.mail.ovh.net.")
    scene.plant("", "TXT", '"v=spf1 mx -all"')
    run = scene.decide(scene.prepare("Email"), {f"MX {ZONE}": "replace"})
    scene.host.lost = [*[None] * lost_at, OutcomeUnknown("lost")]
    before = set(scene.host.zones[ZONE])
    run = scene.launch(run)
    assert run.state == PlanState.DONE
    back = scene.launch(scene.go_on(services.undo(plan=run, by=scene.by)))
    assert back.state == PlanState.DONE
    assert set(scene.host.served[ZONE]) == before


def test_what_a_tick_stands_for_depends_on_the_cloud(scene: Scene, settings: Settings) -> None:
    """In China `msoid` is needed, and nothing is obsolete."""
    for entry in settings.PARTNER_CENTER.values():
        entry["CLOUD"] = "21vianet"
    run = scene.prepare("Email", "OfficeCommunicationsOnline", is_dry=True)
    assert run.plan is not None
    assert f"msoid.{ZONE}" in {r.name for r in run.plan.edit.adds}
    assert not [c for c in run.plan.changes if c.options]
    for entry in settings.PARTNER_CENTER.values():
        entry["CLOUD"] = "atlantis"
    scene.prepare("Email", is_dry=True)
    assert Operation.objects.filter(state=State.ERROR).latest("pk").error_code == "cloud"
