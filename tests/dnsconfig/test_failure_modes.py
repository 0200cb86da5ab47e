"""Each failure mode of Microsoft 365 domains that a plan meets, by its number in `docs/dns.md`."""

import pytest

from dnsconfig import ahead, clouds, plan
from dnsconfig.desired import service_records
from dnsconfig.edits import Edit
from dnsconfig.extras import Extras
from dnsconfig.plan import Action, Need, Plan, Reason, Wanted, Way, Weight
from dnsconfig.plan.making import Untouchable
from dnsconfig.records import Record, Snapshot, of_text, txt
from tests.dnsconfig.planned import (
    OUR_MX,
    OUR_SPF,
    WISHES,
    ZONE,
    change_at,
    decided,
    plan_for,
    rr,
    ways,
    zone,
)
from tests.dnsconfig.told import all_services

DKIM = tuple(f"selector{n}-example-com._domainkey.acme.n-v1.dkim.mail.microsoft" for n in (1, 2))
SUB = f"mail.{ZONE}"


def cautions(made: Plan) -> set[str]:
    return {one.code for one in made.cautions}


def after(made: Plan, *records: Record) -> Snapshot:
    return made.edit.after(zone(*records))


def test_05_a_sub_domain_leaves_the_apex_alone() -> None:
    wishes = service_records(all_services(SUB), domain=SUB, services=["Email"])
    wanted = [*wishes, *Extras(report_to=f"a@{ZONE}").wanted(SUB)]
    existing = zone(rr("", "MX", "10 mx.other.example."), rr("_dmarc", "TXT", "v=DMARC1; p=none"))
    made = plan.make(wanted=wanted, existing=existing)
    assert not made.is_blocked
    assert {r.name for r in made.edit.adds} == {SUB, f"autodiscover.{SUB}"}
    (inherited,) = [c for c in made.changes if c.reason is Reason.DMARC_INHERITED]
    assert ways(inherited) == {"keep", "write"}


@pytest.mark.parametrize("at", ["mail", "autodiscover.mail"])
def test_06_a_delegated_sub_domain_is_refused(at: str) -> None:
    wishes = service_records(all_services(SUB), domain=SUB, services=["Email"])
    made = plan.make(wanted=wishes, existing=zone(rr(at, "NS", "ns.elsewhere.example.")))
    assert made.is_blocked
    assert not made.is_decidable
    dname = plan.make(wanted=wishes, existing=zone(rr("", "DNAME", "other.example.")))
    assert {c.reason for c in dname.changes} == {Reason.DELEGATED}


@pytest.mark.parametrize(
    "record",
    [
        of_text(ZONE, "TXT", f'"{OUR_SPF[:20]}" "{OUR_SPF[20:]}"', origin=ZONE),
        of_text(ZONE.upper(), "TXT", f'"{OUR_SPF}"', origin=ZONE),
    ],
)
def test_11_the_same_record_spelled_otherwise(record: Record) -> None:
    assert change_at(plan_for(record), "", "TXT").reason is Reason.SAME


def test_12_another_ttl_is_offered_for_the_whole_rrset_and_not_urged() -> None:
    texts = rr("", "TXT", OUR_SPF, 600), rr("", "TXT", "other", 600)
    made = plan_for(*texts)
    change = change_at(made, "", "TXT")
    assert (change.action, ways(change)) == (Action.KEEP, {"keep", "ttl"})
    whole = decided(made, "", "TXT", Way.TTL)
    assert {r.ttl for r in after(whole, *texts).at(ZONE, "TXT")} == {3600}
    assert len(after(whole, *texts).at(ZONE, "TXT")) == 2


def test_13_data_where_an_alias_is_wanted_goes_only_record_by_record() -> None:
    here = rr("autodiscover", "A", "192.0.2.1"), rr("autodiscover", "TXT", "x")
    made = plan_for(*here)
    change = change_at(made, "autodiscover", "CNAME")
    assert (change.suggested, ways(change)) == (Way.KEEP, {"keep", "replace"})
    replaced = decided(made, "autodiscover", "CNAME", Way.REPLACE)
    assert set(replaced.gone) == set(here)


def test_14_an_alias_where_data_is_wanted() -> None:
    alias = rr("_sip._tls", "CNAME", "other.example.")
    made = decided(plan_for(alias), "_sip._tls", "SRV", Way.REPLACE)
    assert [r.type for r in after(made, alias).at(f"_sip._tls.{ZONE}")] == ["SRV"]


def test_15_an_alias_at_the_apex_leaves_no_way() -> None:
    change = change_at(plan_for(rr("", "CNAME", "site.example.")), "", "MX")
    assert (change.reason, ways(change)) == (Reason.CNAME_HERE, set())


def test_16_an_alias_to_a_server_of_ones_own_is_kept_unless_chosen() -> None:
    change = change_at(plan_for(rr("sip", "CNAME", "edge.corp.example.")), "sip", "CNAME")
    assert (change.reason, change.suggested) == (Reason.OTHER_CNAME, Way.KEEP)


def test_17_two_aliases_are_refused() -> None:
    two = rr("sip", "CNAME", "a.example."), rr("sip", "CNAME", "sipdir.online.lync.com.")
    change = change_at(plan_for(*two), "sip", "CNAME")
    assert (change.reason, ways(change)) == (Reason.CNAME_TWICE, set())


@pytest.mark.parametrize(
    ("host", "reason"),
    [
        ("aspmx.l.google.com.", Reason.OTHER_MX),
        ("mx1.mail.ovh.net.", Reason.OTHER_MX),
        ("eu-smtp-inbound-1.mimecast.com.", Reason.GATEWAY_MX),
        ("mx1-eu1.ppe-hosted.com.", Reason.GATEWAY_MX),
        ("mxa-001.pphosted.com.", Reason.GATEWAY_MX),
        ("d1.ess.barracudanetworks.com.", Reason.GATEWAY_MX),
        ("mx01.hornetsecurity.com.", Reason.GATEWAY_MX),
        ("cluster1.eu.messagelabs.com.", Reason.GATEWAY_MX),
    ],
)
def test_18_exchanges_of_others_have_three_ways(host: str, reason: Reason) -> None:
    old = rr("", "MX", f"30 {host}")
    made = plan_for(old)
    change = change_at(made, "", "MX")
    assert (change.reason, change.suggested) == (reason, Way.KEEP)
    assert ways(change) == {"keep", "replace", "stage"}
    staged = after(decided(made, "", "MX", Way.STAGE), old).at(ZONE, "MX")
    assert {r.value for r in staged} == {f"30 {host}", "40 contoso-com.o-v1.mx.microsoft."}
    replaced = after(decided(made, "", "MX", Way.REPLACE), old).at(ZONE, "MX")
    assert [r.value for r in replaced] == [OUR_MX]


@pytest.mark.parametrize(
    ("there", "wanted"),
    [
        ("0 example-com.mail.protection.outlook.com.", OUR_MX),
        ("0 example-com.mail.eo.outlook.com.", OUR_MX),
        (OUR_MX, "0 example-com.mail.protection.outlook.com."),
    ],
)
def test_19_from_one_name_of_microsoft_to_another_in_stages(there: str, wanted: str) -> None:
    old = rr("", "MX", there)
    made = plan_for(old, wanted=(Wanted(rr("", "MX", wanted)),))
    change = change_at(made, "", "MX")
    assert (change.reason, change.suggested) == (Reason.OLD_MX, Way.STAGE)
    staged = after(decided(made, "", "MX", Way.STAGE), old).at(ZONE, "MX")
    again = plan.make(wanted=made.wanted, existing=zone(*staged))
    assert not again.is_blocked
    assert ways(change_at(again, "", "MX")) == {"keep", "finish"}
    done = after(again.decide({f"MX {ZONE}": Way.FINISH}), *staged).at(ZONE, "MX")
    assert [r.value for r in done] == [wanted]


def test_20_a_domain_that_says_it_has_no_mail() -> None:
    made = plan_for(rr("", "MX", "0 ."), rr("", "TXT", "v=spf1 -all"))
    exchange, policy = change_at(made, "", "MX"), change_at(made, "", "TXT")
    assert (exchange.reason, ways(exchange)) == (Reason.NULL_MX, {"keep", "replace"})
    assert (policy.reason, ways(policy)) == (Reason.SPF_NO_MAIL, {"keep", "merge"})
    strict = plan_for(rr("_dmarc", "TXT", "v=DMARC1; p=reject"))
    assert "strict_dmarc" in cautions(strict)


@pytest.mark.parametrize("number", [0, 10])
def test_21_a_forgotten_exchange_beside_microsofts(number: int) -> None:
    made = plan_for(rr("", "MX", OUR_MX), rr("", "MX", f"{number} old.example."))
    change = change_at(made, "", "MX")
    assert (change.reason, ways(change)) == (Reason.SPLIT_MX, {"keep", "finish"})


def test_22_the_exchange_that_proves_the_domain() -> None:
    behind = plan_for(rr("", "MX", "32767 ms12345678.msv1.invalid."))
    assert not behind.is_blocked
    (offered,) = [c for c in behind.changes if c.reason is Reason.PROOF_MX]
    assert (offered.chosen, ways(offered)) == (Way.KEEP, {"keep", "delete"})
    first = change_at(plan_for(rr("", "MX", "0 ms12345678.msv1.invalid.")), "", "MX")
    assert (first.reason, ways(first)) == (Reason.PROOF_FIRST, {"keep", "replace"})


@pytest.mark.parametrize(
    ("there", "merged"),
    [
        ("v=spf1 mx ~all", "v=spf1 mx include:spf.protection.outlook.com ~all"),
        ("V=SPF1 A:b.Example ?ALL", "V=SPF1 A:b.Example include:spf.protection.outlook.com ?ALL"),
        (
            "v=spf1 ip4:192.0.2.1 redirect=_spf.example",
            "v=spf1 ip4:192.0.2.1 include:spf.protection.outlook.com redirect=_spf.example",
        ),
        ("v=spf1 x-own=1 mx -all", "v=spf1 x-own=1 mx include:spf.protection.outlook.com -all"),
    ],
)
def test_23_and_27_one_policy_is_merged(there: str, merged: str) -> None:
    old = rr("", "TXT", there, 600)
    made = plan_for(old, rr("", "TXT", "other"))
    change = change_at(made, "", "TXT")
    assert (change.action, change.reason) == (Action.CHANGE, Reason.SPF_MERGED)
    (new,) = change.edit.adds
    assert (new.value, new.ttl) == (merged, 600)
    assert ("weak_spf:redirect" in cautions(made)) == ("redirect" in there)


def test_24_several_policies_become_one() -> None:
    two = rr("", "TXT", "v=spf1 mx -all"), rr("", "TXT", "v=spf1 include:a.example ~all")
    made = plan_for(*two)
    change = change_at(made, "", "TXT")
    assert (change.reason, change.suggested) == (Reason.SPF_TWICE, Way.MERGE)
    one = after(decided(made, "", "TXT", Way.MERGE), *two).at(ZONE, "TXT")
    assert [r.value for r in one] == [
        "v=spf1 mx include:a.example include:spf.protection.outlook.com ~all"
    ]


@pytest.mark.parametrize(
    ("there", "repaired"),
    [
        ("v=spf1 include: a.example -all", "v=spf1 include:a.example {} -all"),
        ("v=spf1 mx -all include:a.example", "v=spf1 mx include:a.example {} -all"),
    ],
)
def test_25_a_broken_policy_is_repaired_on_wish(there: str, repaired: str) -> None:
    made = plan_for(rr("", "TXT", there))
    change = change_at(made, "", "TXT")
    assert (change.reason, ways(change)) == (Reason.SPF_BROKEN, {"keep", "repair"})
    (new,) = change_at(decided(made, "", "TXT", Way.REPAIR), "", "TXT").edit.adds
    assert new.value == repaired.format("include:spf.protection.outlook.com")


def test_25_what_nobody_can_read_is_refused() -> None:
    change = change_at(plan_for(rr("", "TXT", "v=spf1 everything -all")), "", "TXT")
    assert (change.reason, ways(change)) == (Reason.SPF_BROKEN, set())


def test_26_more_than_ten_look_ups_are_refused_with_the_count_per_term() -> None:
    made = plan_for(rr("", "TXT", "v=spf1 include:big.example -all"))
    ((_name, text),) = plan.policies(made)
    heavy = Weight(12, (("include:big.example", 10), ("include:x", 2)), is_refused=True)
    change = change_at(plan.weigh(made, {text: heavy}), "", "TXT")
    assert (change.reason, ways(change)) == (Reason.SPF_TOO_MANY, {"keep"})
    assert change.details == ("12", "include:big.example: 10", "include:x: 2")


def test_26_another_fault_of_the_tree_is_a_persons_choice() -> None:
    made = plan_for(rr("", "TXT", "v=spf1 include:gone.example -all"))
    ((_name, text),) = plan.policies(made)
    flawed = Weight(3, problems=("gone.example: no SPF record",), is_refused=True)
    change = change_at(plan.weigh(made, {text: flawed}), "", "TXT")
    assert (change.reason, ways(change)) == (Reason.SPF_FLAWED, {"keep", "merge"})


def test_26_what_did_not_answer_is_said() -> None:
    made = plan_for(rr("", "TXT", "v=spf1 include:slow.example -all"))
    weighed = plan.weigh(made, {})
    assert not weighed.is_blocked
    assert "spf_not_counted" in cautions(weighed)


def test_27_macros_are_said() -> None:
    there = rr("", "TXT", "v=spf1 exists:%{i}.a.example -all")
    assert "weak_spf:macros" in cautions(plan_for(there))


def test_28_the_hosts_own_type_stays_and_type_99_is_said() -> None:
    native = Record(ZONE, "TXT", "v=spf1 mx -all", native_type="SPF")
    (new,) = change_at(plan_for(native), "", "TXT").edit.adds
    assert new.native_type == "SPF"
    old = of_text(ZONE, "SPF", '"v=spf1 mx -all"', origin=ZONE)
    assert "spf_type99" in cautions(plan_for(old))


def test_29_long_texts_are_split_and_said() -> None:
    long = txt(ZONE, "x" * 700)
    assert [len(part) for part in long.rdata.strings] == [255, 255, 190]  # type: ignore[attr-defined]
    assert "long_texts" in cautions(plan_for(long, txt(ZONE, "y" * 600)))


@pytest.mark.parametrize(
    ("there", "reason", "is_blocked"),
    [
        (["v=DMARC1; p=reject"], Reason.DMARC_HERE, False),
        (["v=DMARC1; p=none", "v=DMARC1; p=reject"], Reason.DMARC_TWICE, True),
        (["something else"], Reason.MISSING, False),
    ],
)
def test_30_dmarc_is_never_overwritten(there: list[str], reason: Reason, is_blocked: bool) -> None:
    wanted = tuple(Extras(report_to=f"a@{ZONE}").wanted(ZONE))
    made = plan_for(*(rr("_dmarc", "TXT", text) for text in there), wanted=wanted)
    (change,) = made.changes
    assert (change.reason, made.is_blocked) == (reason, is_blocked)
    assert not change.edit.removes


def test_31_selectors_of_others_and_of_older_forms() -> None:
    wanted = tuple(Extras(dkim=DKIM).wanted(ZONE))
    taken = plan_for(rr("selector1._domainkey", "TXT", "v=DKIM1; p=abc"), wanted=wanted)
    change = change_at(taken, "selector1._domainkey", "CNAME")
    assert (change.reason, ways(change)) == (Reason.DKIM_TAKEN, {"keep", "replace"})
    older = "selector1-example-com._domainkey.acme.onmicrosoft.com."
    kept = plan_for(rr("selector1._domainkey", "CNAME", older), wanted=wanted)
    change = change_at(kept, "selector1._domainkey", "CNAME")
    assert (change.action, change.reason) == (Action.KEEP, Reason.OLD_DKIM)


def test_32_a_wildcard_that_no_longer_answers_is_said() -> None:
    made = plan_for(rr("*", "A", "192.0.2.9"), rr("_mta-sts", "TXT", "v=STSv1; id=1"))
    assert {(one.code, one.name) for one in made.cautions} == {
        ("hides_wildcard", f"*.{ZONE}"),
        ("mta_sts", f"_mta-sts.{ZONE}"),
    }


def test_33_msoid_goes_on_wish_only_and_belongs_to_21vianet() -> None:
    alias = rr("msoid", "CNAME", "clientconfig.microsoftonline-p.net.")
    made = plan_for(alias)
    (change,) = [c for c in made.changes if c.reason is Reason.MSOID]
    assert (change.chosen, ways(change)) == (Way.KEEP, {"keep", "delete"})
    assert made.decide({change.key: Way.DELETE}).gone == (alias,)
    assert clouds.unwanted(domain=ZONE, cloud="21vianet") == ()


@pytest.mark.parametrize(
    ("name", "kind", "value"),
    [
        ("_sip._tls", "SRV", "1 100 443 sipdir.online.lync.com."),
        ("_sip._tls", "SRV", f"100 1 443 sipdir.online.lync.com.{ZONE}."),
        ("autodiscover", "CNAME", f"autodiscover.outlook.com.{ZONE}."),
        ("", "MX", f"0 contoso-com.o-v1.mx.microsoft.{ZONE}."),
    ],
)
def test_34_swapped_numbers_and_forgotten_dots_are_repaired(
    name: str, kind: str, value: str
) -> None:
    wrong = rr(name, kind, value)
    made = plan_for(wrong)
    change = change_at(made, name, kind)
    assert (change.reason, change.suggested) == (Reason.GARBLED, Way.REPAIR)
    repaired = after(decided(made, name, kind, Way.REPAIR), wrong)
    assert repaired.at(wrong.name, kind) == (change.wanted,)


@pytest.mark.parametrize("record", [rr("", "NS", "ns.example."), rr("", "SOA", "a b 1 2 3 4 5")])
def test_35_the_apex_keeps_its_servers(record: Record) -> None:
    with pytest.raises(Untouchable):
        plan.make(wanted=[record], existing=zone())


def test_36_a_large_zone_is_compared_by_name() -> None:
    many = [rr(f"host{n}", "A", "192.0.2.1") for n in range(10_000)]
    made = plan_for(*many)
    assert len(made.touched) == 0
    assert made.edit == Edit(adds=tuple(wish.record for wish in WISHES))


def test_36_many_records_that_go_are_said() -> None:
    here = [rr("autodiscover", "TXT", str(number)) for number in range(11)]
    made = plan_for(*here, decisions={f"CNAME autodiscover.{ZONE}": Way.REPLACE})
    assert ("many_removals", "11") in {(one.code, one.name) for one in made.cautions}


@pytest.mark.parametrize(
    ("changed", "is_stale"),
    [
        ((), False),
        ((("www", "A", "192.0.2.1"),), False),
        ((("", "MX", "10 mx.example."),), True),
        ((("autodiscover", "A", "192.0.2.1"),), True),
        ((("_tcp", "NS", "ns.example."),), True),
    ],
)
def test_44_a_plan_is_stale_when_others_change_what_it_touches(
    changed: tuple[tuple[str, str, str], ...], is_stale: bool
) -> None:
    made = plan_for()
    existing = zone(*(rr(*one) for one in changed))
    assert plan.is_stale(plan=made, existing=existing) is is_stale
    assert plan.is_stale(plan=made, existing=existing, has_begun=True) is is_stale


def test_44_and_56_our_own_half_does_not_make_it_stale_once_begun() -> None:
    old = rr("", "MX", "10 mx.example.")
    made = plan_for(old, decisions={f"MX {ZONE}": Way.REPLACE})
    half = Edit(adds=made.edit.adds[:3]).after(zone(old))
    assert plan.is_stale(plan=made, existing=half)
    assert not plan.is_stale(plan=made, existing=half, has_begun=True)
    rest = made.edit.left_to_do(half)
    assert rest.after(half).at(ZONE, "MX") == made.edit.after(zone(old)).at(ZONE, "MX")


def test_53_an_exchange_comes_before_another_goes_and_names_are_freed_first() -> None:
    mail, host = rr("", "MX", "10 mx.example."), rr("autodiscover", "A", "192.0.2.1")
    made = plan_for(
        mail,
        host,
        decisions={f"MX {ZONE}": Way.REPLACE, f"CNAME autodiscover.{ZONE}": Way.REPLACE},
    )
    steps = [(record.type, gone) for record, gone in made.edit.in_order()]
    assert steps[0] == ("A", True)
    assert steps.index(("MX", False)) < steps.index(("MX", True))


def test_57_what_others_changed_since_is_listed_and_left() -> None:
    made = plan_for(rr("", "MX", "10 mx.example."), decisions={f"MX {ZONE}": Way.REPLACE})
    now = zone(*(r for r in made.edit.adds if r.type != "MX"), rr("", "MX", "5 new.example."))
    back = plan.undo(applied=made.edit, existing=now)
    reasons = {c.key: c.reason for c in back.changes}
    assert reasons[f"MX {ZONE}"] is Reason.CHANGED_SINCE
    assert reasons[f"SPF {ZONE}"] is Reason.UNDO
    assert not any(r.type == "MX" for r in back.edit.removes)


def test_60_at_the_end_only_what_is_ours_goes_and_mail_last() -> None:
    made = plan_for()
    still = zone(*(r for r in made.edit.adds if not r.name.startswith("sip")))
    back = plan.withdraw(applied=[made.edit], existing=still)
    left = back.edit.after(still)
    assert {r.type for r in left.at(ZONE)} == {"SOA", "NS", "A", "MX", "TXT"}
    moved = zone(*made.edit.adds, rr("", "MX", "10 mx.new.example."))
    gone = plan.withdraw(applied=[made.edit], existing=moved).edit.removes
    assert {r.type for r in gone} == {"MX", "TXT", "CNAME", "SRV"}


def test_the_closed_german_cloud_is_said() -> None:
    made = plan_for(rr("autodiscover", "CNAME", "autodiscover-outlook.office.de."))
    assert "german_cloud" not in cautions(made)
    there = plan_for(rr("sip", "CNAME", "sipdir.online.lync.de."))
    assert "german_cloud" in cautions(there)
    assert "german_cloud" not in cautions(plan_for(*(wish.record for wish in WISHES)))


@pytest.mark.parametrize(
    ("cloud", "obsolete"), [("worldwide", 3), ("gcc_high", 0), ("dod", 0), ("21vianet", 0)]
)
def test_what_a_tick_stands_for_is_data_per_cloud(cloud: str, obsolete: int) -> None:
    services = ["Email", "OfficeCommunicationsOnline", "Intune"]
    likely = list(clouds.likely(domain=ZONE, services=services, cloud=cloud))
    assert sum(one.need is Need.OBSOLETE for one in likely) == obsolete
    assert all(one.why for one in likely if one.need is not Need.REQUIRED)
    made = plan.make(wanted=likely, existing=zone())
    assert not made.is_blocked


def test_looking_ahead_shows_the_exchanges_of_others() -> None:
    found = ahead.look(
        domain=ZONE, services=["Email"], existing=zone(rr("", "MX", "10 mx.example."))
    )
    assert found.conflicts[0].key == f"MX {ZONE}"
    assert not found.decide({f"MX {ZONE}": Way.STAGE}).is_blocked
