"""Desired minus existing: what is added, what is kept, what a person must decide."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dnsconfig import plan
from dnsconfig.compare import Reason
from dnsconfig.desired import SERVICES, service_records
from dnsconfig.plan import Action, Plan
from dnsconfig.records import Record, Snapshot, of_text
from tests.dnsconfig.told import all_services

ZONE = "example.com"
WANTED = service_records(all_services(ZONE), domain=ZONE, services=SERVICES)
OUR_MX = "0 contoso-com.o-v1.mx.microsoft."
OUR_SPF = "v=spf1 include:spf.protection.outlook.com -all"


def rr(name: str, kind: str, value: str) -> Record:
    full = f"{name}.{ZONE}" if name else ZONE
    text = f'"{value}"' if kind == "TXT" else value
    return of_text(full, kind, text, origin=ZONE)


def zone(*records: Record) -> Snapshot:
    apex = [
        rr("", "SOA", "ns1 admin 1 2 3 4 5"),
        rr("", "NS", "ns1.host."),
        rr("", "A", "192.0.2.1"),
    ]
    return Snapshot.of(ZONE, [*apex, *records])


def plan_for(*records: Record) -> Plan:
    return plan.make(wanted=WANTED, existing=zone(*records))


def reason_at(made: Plan, name: str, kind: str) -> Reason:
    full = f"{name}.{ZONE}" if name else ZONE
    (change,) = [c for c in made.changes if (c.wanted.name, c.wanted.type) == (full, kind)]
    return change.reason


def test_a_clean_zone_gets_all_records() -> None:
    made = plan_for()
    assert made.adds == WANTED
    assert not made.is_blocked
    assert made.expected == WANTED


def test_what_is_there_is_kept() -> None:
    made = plan_for(*WANTED)
    assert made.is_empty
    assert not made.is_blocked
    assert {c.reason for c in made.changes} == {Reason.SAME}


@pytest.mark.parametrize(
    ("record", "at", "reason"),
    [
        (("", "MX", "10 mx1.mail.ovh.net."), ("", "MX"), Reason.OTHER_MX),
        (("", "MX", "0 ."), ("", "MX"), Reason.NULL_MX),
        (("", "MX", "10 eu-smtp-inbound-1.mimecast.com."), ("", "MX"), Reason.GATEWAY_MX),
        (("", "MX", "0 example-com.mail.protection.outlook.com."), ("", "MX"), Reason.OLD_MX),
        (("", "MX", "0 ms12345678.msv1.invalid."), ("", "MX"), Reason.OTHER_MX),
        (("", "TXT", "v=spf1 include:mx.ovh.com ~all"), ("", "TXT"), Reason.SPF_WITHOUT),
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
        (
            ("_sip._tls", "SRV", "1 100 443 sipdir.online.lync.com."),
            ("_sip._tls", "SRV"),
            Reason.OTHER_SRV,
        ),
        (("_sip._tls", "CNAME", "elsewhere.example."), ("_sip._tls", "SRV"), Reason.CNAME_HERE),
    ],
)
def test_what_stands_in_the_way_blocks_the_plan_and_is_shown(
    record: tuple[str, str, str], at: tuple[str, str], reason: Reason
) -> None:
    found = rr(*record)
    made = plan_for(found)
    assert made.is_blocked
    assert reason_at(made, *at) is reason
    assert any(found in change.found for change in made.conflicts)


def test_two_policies_and_two_aliases_are_not_joined_by_a_third() -> None:
    policies = rr("", "TXT", OUR_SPF), rr("", "TXT", "v=spf1 -all")
    assert reason_at(plan_for(*policies), "", "TXT") is Reason.SPF_TWICE
    aliases = rr("sip", "CNAME", "a.example."), rr("sip", "CNAME", "sipdir.online.lync.com.")
    assert reason_at(plan_for(*aliases), "sip", "CNAME") is Reason.CNAME_TWICE


def test_an_alias_cannot_be_the_apex() -> None:
    wanted = [Record(ZONE, "CNAME", "somewhere.example.")]
    made = plan.make(wanted=wanted, existing=zone())
    assert made.changes[0].reason is Reason.APEX_CNAME


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
    assert reason_at(made, *at) is reason
    assert found in made.expected


def test_the_verification_exchange_may_stay_behind_the_real_one() -> None:
    made = plan_for(rr("", "MX", "32767 ms12345678.msv1.invalid."))
    assert reason_at(made, "", "MX") is Reason.MISSING


def test_other_texts_do_not_matter() -> None:
    assert not plan_for(rr("", "TXT", "MS=ms12345678"), rr("", "TXT", "google-x=1")).is_blocked


def test_a_hidden_wildcard_a_policy_and_msoid_are_warned_of() -> None:
    made = plan_for(
        rr("*", "A", "192.0.2.9"),
        rr("_mta-sts", "TXT", "v=STSv1; id=1"),
        rr("msoid", "CNAME", "clientconfig.microsoftonline-p.net."),
    )
    told = {(caution.code, caution.name) for caution in made.cautions}
    assert told == {
        ("hides_wildcard", "*.example.com"),
        ("mta_sts", "_mta-sts.example.com"),
        ("msoid", "msoid.example.com"),
    }
    assert not made.is_blocked


def test_a_plan_is_a_value() -> None:
    made = plan_for(rr("", "MX", "10 mx.example."), rr("*", "A", "192.0.2.9"))
    assert Plan.from_json(json.loads(json.dumps(made.to_json()))) == made


def test_a_plan_gets_stale_by_others_and_not_by_itself() -> None:
    made = plan_for()
    half = zone(*made.adds[:4])
    assert not plan.is_stale(plan=made, existing=half)
    assert not plan.is_stale(plan=made, existing=zone(rr("www", "A", "192.0.2.1")))
    assert plan.is_stale(plan=made, existing=zone(rr("", "MX", "10 mx.example.")))
    assert plan.is_stale(plan=made, existing=zone(rr("autodiscover", "A", "192.0.2.1")))
    kept = plan_for(*WANTED)
    assert plan.is_stale(plan=kept, existing=zone(*WANTED[1:]))


names = st.sampled_from(["", "autodiscover", "sip", "_sip._tls", "_tls", "www", "*", "msoid"])
values = st.sampled_from(
    [
        ("A", "192.0.2.1"),
        ("MX", OUR_MX),
        ("MX", "10 mx.example."),
        ("TXT", OUR_SPF),
        ("TXT", "v=spf1 include:a.example -all"),
        ("TXT", "hello"),
        ("CNAME", "autodiscover.outlook.com."),
        ("CNAME", "www.example."),
        ("SRV", "100 1 443 sipdir.online.lync.com."),
        ("NS", "ns.example."),
    ]
)
zones = st.lists(st.tuples(names, values), max_size=12).map(
    lambda rows: zone(*(rr(name, kind, value) for name, (kind, value) in rows))
)
ticks = st.sets(st.sampled_from(SERVICES), min_size=1)


@settings(max_examples=150, deadline=None)
@given(existing=zones, ticked=ticks)
def test_applied_once_a_plan_is_empty_and_touches_nothing_else(
    existing: Snapshot, ticked: set[str]
) -> None:
    wanted = service_records(all_services(ZONE), domain=ZONE, services=ticked)
    made = plan.make(wanted=wanted, existing=existing)
    after = Snapshot.of(ZONE, [*existing.records, *made.adds])
    again = plan.make(wanted=wanted, existing=after)
    assert again.is_empty
    assert not plan.is_stale(plan=made, existing=after)
    assert set(after.records) - set(existing.records) == set(made.adds)
    assert {c.wanted for c in made.changes if c.action is Action.CONFLICT} <= set(again.wanted)
