"""Desired minus existing: what is added, changed, kept, and what a person must decide."""

import json

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from dnsconfig import plan
from dnsconfig.desired import SERVICES, service_records
from dnsconfig.edits import Edit
from dnsconfig.plan import Action, Plan, Reason, Way
from dnsconfig.records import Record, Snapshot
from tests.dnsconfig.planned import (
    OUR_MX,
    OUR_SPF,
    WANTED,
    ZONE,
    change_at,
    decided,
    plan_for,
    rr,
    zone,
)
from tests.dnsconfig.told import all_services


def test_a_clean_zone_gets_all_records() -> None:
    made = plan_for()
    assert made.edit == Edit(adds=WANTED)
    assert not made.is_blocked
    assert made.expected == WANTED


def test_what_is_there_is_kept() -> None:
    made = plan_for(*WANTED)
    assert made.is_empty
    assert not made.is_blocked
    assert {c.reason for c in made.changes} == {Reason.SAME}
    assert made.expected == WANTED


@pytest.mark.parametrize(
    ("record", "at", "reason"),
    [
        (("", "MX", "10 mx1.mail.ovh.net."), ("", "MX"), Reason.OTHER_MX),
        (("", "MX", "0 ."), ("", "MX"), Reason.NULL_MX),
        (("", "MX", "10 eu-smtp-inbound-1.mimecast.com."), ("", "MX"), Reason.GATEWAY_MX),
        (("", "MX", "0 example-com.mail.protection.outlook.com."), ("", "MX"), Reason.OLD_MX),
        (("", "MX", "0 ms12345678.msv1.invalid."), ("", "MX"), Reason.PROOF_FIRST),
        (("", "TXT", "v=spf1 include: mx.ovh.com ~all"), ("", "TXT"), Reason.SPF_BROKEN),
        (("", "CNAME", "elsewhere.example."), ("", "MX"), Reason.CNAME_HERE),
        (("", "DNAME", "elsewhere.example."), ("sip", "CNAME"), Reason.DELEGATED),
        (
            ("_tcp", "NS", "ns1.elsewhere.example."),
            ("_sipfederationtls._tcp", "SRV"),
            Reason.DELEGATED,
        ),
        (
            ("autodiscover", "CNAME", "mail.old.example."),
            ("autodiscover", "CNAME"),
            Reason.OTHER_CNAME,
        ),
        (("autodiscover", "A", "192.0.2.9"), ("autodiscover", "CNAME"), Reason.DATA_HERE),
        (("sip", "TXT", "x"), ("sip", "CNAME"), Reason.DATA_HERE),
        (("_sip._tls", "SRV", "1 2 5061 pbx.example."), ("_sip._tls", "SRV"), Reason.OTHER_SRV),
        (("_sip._tls", "CNAME", "elsewhere.example."), ("_sip._tls", "SRV"), Reason.CNAME_HERE),
    ],
)
def test_what_stands_in_the_way_blocks_the_plan_and_is_shown(
    record: tuple[str, str, str], at: tuple[str, str], reason: Reason
) -> None:
    found = rr(*record)
    made = plan_for(found)
    assert made.is_blocked
    change = change_at(made, *at)
    assert change.reason is reason
    assert change.action is Action.CONFLICT
    assert not change.edit
    assert found in change.found


def test_an_alias_cannot_be_the_apex() -> None:
    made = plan.make(wanted=[Record(ZONE, "CNAME", "somewhere.example.")], existing=zone())
    assert made.changes[0].reason is Reason.APEX_CNAME
    assert not made.is_decidable


@pytest.mark.parametrize(
    ("record", "at", "reason"),
    [
        (
            ("", "TXT", "V=SPF1 a +INCLUDE:spf.protection.outlook.com ?all"),
            ("", "TXT"),
            Reason.INCLUDED,
        ),
        (("", "MX", "10 contoso-com.o-v1.mx.microsoft."), ("", "MX"), Reason.OTHER_PRIORITY),
        (
            ("enterpriseenrollment", "CNAME", "enterpriseenrollment.manage.microsoft.com."),
            ("enterpriseenrollment", "CNAME"),
            Reason.OUTDATED,
        ),
        (
            ("AutoDiscover", "CNAME", "AutoDiscover.Outlook.com."),
            ("autodiscover", "CNAME"),
            Reason.SAME,
        ),
    ],
)
def test_what_works_already_is_kept(
    record: tuple[str, str, str], at: tuple[str, str], reason: Reason
) -> None:
    found = rr(*record)
    made = plan_for(found)
    assert not made.is_blocked
    assert change_at(made, *at).reason is reason
    assert found in made.expected


def test_other_texts_do_not_matter() -> None:
    assert not plan_for(rr("", "TXT", "MS=ms12345678"), rr("", "TXT", "google-x=1")).is_blocked


def test_a_decision_becomes_an_edit_and_can_be_taken_back() -> None:
    old = rr("autodiscover", "CNAME", "mail.old.example.")
    made = plan_for(old)
    replaced = decided(made, "autodiscover", "CNAME", Way.REPLACE)
    change = change_at(replaced, "autodiscover", "CNAME")
    assert change.action is Action.CHANGE
    assert change.edit.removes == (old,)
    assert replaced.gone == (old,)
    kept = decided(replaced, "autodiscover", "CNAME", Way.KEEP)
    assert not kept.is_blocked
    assert old not in kept.edit.removes
    assert change_at(kept, "autodiscover", "CNAME").expected == ()


def test_decisions_that_are_not_offered_are_passed_over() -> None:
    made = plan_for(rr("", "MX", "10 mx.example."))
    assert made.decide({f"MX {ZONE}": Way.TTL, "nonsense": Way.KEEP}) == made


def test_a_plan_is_a_value() -> None:
    made = plan_for(rr("", "MX", "10 mx.example."), rr("*", "A", "192.0.2.9"))
    assert Plan.from_json(json.loads(json.dumps(made.to_json()))) == made
    assert made.decide({f"MX {ZONE}": Way.KEEP}).fingerprint != made.fingerprint


def test_choices_stand_where_nothing_has_changed() -> None:
    mail, alias = rr("", "MX", "10 mx.example."), rr("sip", "CNAME", "edge.example.")
    made = plan_for(mail, alias).decide({f"MX {ZONE}": Way.KEEP, f"CNAME sip.{ZONE}": Way.REPLACE})
    again = plan.remake(plan=made, existing=zone(rr("", "MX", "5 other.example."), alias))
    assert change_at(again, "sip", "CNAME").chosen is Way.REPLACE
    assert change_at(again, "", "MX").chosen is None
    assert again.is_blocked


names = st.sampled_from(
    ["", "autodiscover", "sip", "_sip._tls", "_tls", "www", "*", "msoid", "_dmarc"]
)
values = st.sampled_from(
    [
        ("A", "192.0.2.1"),
        ("MX", OUR_MX),
        ("MX", "10 mx.example."),
        ("MX", "0 ."),
        ("TXT", OUR_SPF),
        ("TXT", "v=spf1 include:a.example -all"),
        ("TXT", "v=spf1 a mx ?all"),
        ("TXT", "v=spf1 include: a.example"),
        ("TXT", "hello"),
        ("CNAME", "autodiscover.outlook.com."),
        ("CNAME", "www.example."),
        ("SRV", "100 1 443 sipdir.online.lync.com."),
        ("SRV", "1 100 443 sipdir.online.lync.com."),
        ("NS", "ns.example."),
    ]
)
zones = st.lists(st.tuples(names, values), max_size=12).map(
    lambda rows: zone(*(rr(name, kind, value) for name, (kind, value) in rows))
)
ticks = st.sets(st.sampled_from(SERVICES), min_size=1)


def decide_all(made: Plan, pick: st.DataObject) -> Plan:
    """Somebody chooses a way wherever there is one."""
    choices = {
        change.key: pick.draw(st.sampled_from([option.way for option in change.options]))
        for change in made.changes
        if change.options
    }
    return made.decide(choices)


@settings(max_examples=200, deadline=None)
@given(existing=zones, ticked=ticks, pick=st.data())
def test_applied_once_a_plan_is_empty_and_touches_nothing_else(
    existing: Snapshot, ticked: set[str], pick: st.DataObject
) -> None:
    wishes = service_records(all_services(ZONE), domain=ZONE, services=ticked)
    made = decide_all(plan.make(wanted=wishes, existing=existing), pick)
    after = made.edit.after(existing)

    again = plan.make(wanted=wishes, existing=after)
    written = {c.key for c in made.changes if c.edit and c.chosen is not Way.STAGE}
    assert not [c for c in again.changes if c.key in written and c.edit.adds]
    assert not plan.is_stale(plan=made, existing=after, has_begun=True)

    touched = set(made.edit.rrsets)
    assert {r for r in existing.records if (r.name, r.type) not in touched} == {
        r for r in after.records if (r.name, r.type) not in touched
    }
    gone, come = set(existing.records) - set(after.records), set(after.records)
    assert gone <= set(made.edit.removes)
    assert come - set(existing.records) <= set(made.edit.adds)


@settings(max_examples=200, deadline=None)
@given(existing=zones, ticked=ticks, pick=st.data())
def test_no_plan_breaks_a_zone(existing: Snapshot, ticked: set[str], pick: st.DataObject) -> None:
    """Aliases stay alone, the apex keeps NS and SOA, mail keeps an MX, SPF stays single."""
    wishes = service_records(all_services(ZONE), domain=ZONE, services=ticked)
    made = decide_all(plan.make(wanted=wishes, existing=existing), pick)
    after = made.edit.after(existing)
    for name in made.edit.names:
        kinds = [record.type for record in after.at(name)]
        came = [r for r in made.edit.adds if r.name == name]
        if "CNAME" in kinds and came:
            assert kinds == ["CNAME"]
        if any(record.value.lower().startswith("v=spf1") for record in came):
            policies = [r for r in after.at(name, "TXT") if r.value.lower().startswith("v=spf1")]
            assert len(policies) == 1
    for kind in ("NS", "SOA"):
        assert after.at(ZONE, kind) == existing.at(ZONE, kind)
    if existing.at(ZONE, "MX"):
        assert after.at(ZONE, "MX")


@settings(max_examples=150, deadline=None)
@given(existing=zones, ticked=ticks, pick=st.data())
def test_undone_a_zone_is_as_it_was(
    existing: Snapshot, ticked: set[str], pick: st.DataObject
) -> None:
    assume(all(_is_servable(existing, name) for name in {r.name for r in existing.records}))
    wishes = service_records(all_services(ZONE), domain=ZONE, services=ticked)
    made = decide_all(plan.make(wanted=wishes, existing=existing), pick)
    applied = made.edit.left_to_do(existing)
    after = applied.after(existing)
    back = plan.undo(applied=applied, existing=after)
    assert not back.is_blocked
    assert {*map(_whole, back.edit.after(after).records)} == {*map(_whole, existing.records)}
    assert plan.undo(applied=applied, existing=existing).is_empty


def _is_servable(existing: Snapshot, name: str) -> bool:
    """No name server would load an alias beside other data."""
    kinds = [record.type for record in existing.at(name)]
    return "CNAME" not in kinds or kinds == ["CNAME"]


def _whole(record: Record) -> tuple[str, str, str, int]:
    return record.name, record.type, record.value, record.ttl
