"""What each check says of one changed answer; numbers are those of the known ways to fail."""

from dataclasses import replace

import pytest

from dnsconfig.health import checks, words
from dnsconfig.health.facts import Facts, SpfCount, questions
from dnsconfig.health.results import Health
from dnsconfig.health.score import WEIGHTS
from dnsconfig.names import organisation_of
from dnsconfig.records import Record, cname, mx, of_text, srv, txt
from dnsconfig.resolver import Delegation, Problem, Server
from dnsconfig.seen import RecordSeen, ServerSeen, Standing
from dnsconfig.signatures import Broken, Chain
from tests.dnsconfig.health.domains import (
    DMARC,
    DOMAIN,
    MAIL,
    SEEN,
    SERVERS,
    SPF,
    good,
    said,
    unanswered,
    with_answer,
)


def verdict(check: str, facts: Facts) -> tuple[str, str]:
    result = said(check, facts)
    text = words.sentence(result)
    assert text, "each has its sentence"
    assert "%(" not in text
    return result.health.value, result.code


def test_a_domain_in_good_health() -> None:
    results = checks.run(good())
    assert {one.check for one in results} == set(WEIGHTS) == set(words.LABELS)
    assert {one.health for one in results} == {Health.OK}
    assert all(words.sentence(one) for one in results)


def test_only_what_was_ticked_is_checked() -> None:
    always = {"delegation", "servers", "dnssec", "msoid"}
    intune = replace(good(), services=("Intune",))
    assert {one.check for one in checks.run(intune)} == always | {"registration", "enrollment"}
    assert (DOMAIN, "MX") not in questions(DOMAIN, ("Intune",))


def test_what_nobody_answers_is_unknown_everywhere() -> None:
    results = checks.run(unanswered(good()))
    assert {one.health for one in results} == {Health.UNKNOWN}
    assert all(words.sentence(one) for one in results)


def test_every_answer_that_is_read_was_asked_for() -> None:
    assert set(good().answers) == set(questions(DOMAIN, good().services))


@pytest.mark.parametrize(
    ("parent", "verdict_expected"),
    [
        ((), ("failed", "undelegated")),
        (("ns1.other.example",), ("failed", "elsewhere")),
        (("ns1.host.example", "ns1.other.example"), ("failed", "split")),
    ],
)
def test_38_a_delegation_that_moved_away(
    parent: tuple[str, ...], verdict_expected: tuple[str, str]
) -> None:
    found = Delegation(DOMAIN, tuple(map(Server, parent))) if parent else None
    facts = replace(good(), seen=replace(SEEN, delegation=found))
    assert verdict("delegation", facts) == verdict_expected


def test_39_the_zone_names_others_than_its_parent() -> None:
    facts = replace(good(), seen=replace(SEEN, own_servers=("ns1.host.example",)))
    assert verdict("delegation", facts) == ("warning", "own_servers")


@pytest.mark.parametrize("problem", [Problem.SILENT, Problem.LAME, Problem.REFUSED])
def test_40_one_of_two_servers_away_is_a_warning(problem: Problem) -> None:
    away = ServerSeen(SERVERS[1], ("192.0.2.2",), problem)
    facts = replace(good(), seen=replace(SEEN, servers=(SEEN.servers[0], away)))
    assert verdict("servers", facts) == ("warning", "away")
    assert words.sentence(said("servers", facts)).startswith("1 of 2")
    nobody = replace(away, server=SERVERS[0])
    facts = replace(good(), seen=replace(SEEN, servers=(nobody, away)))
    assert verdict("servers", facts) == ("unknown", "untold")


def test_40_servers_that_differ_and_servers_that_lag() -> None:
    one, two = SEEN.servers
    missing = replace(two, records=(RecordSeen(MAIL, Standing.MISSING),))
    facts = replace(good(), seen=replace(SEEN, servers=(one, missing)))
    assert verdict("servers", facts) == ("failed", "differ")
    facts = replace(good(), seen=replace(SEEN, servers=(one, replace(two, serial=6))))
    assert verdict("servers", facts) == ("warning", "lagging")


def test_a_record_without_a_check_of_its_own_is_missed_all_the_same() -> None:
    sip = cname(f"sip.{DOMAIN}", "sipdir.online.lync.com")
    gone = (RecordSeen(sip, Standing.MISSING), RecordSeen(MAIL, Standing.MISSING))
    servers = tuple(replace(one, records=gone) for one in SEEN.servers)
    facts = replace(good(), seen=replace(SEEN, servers=servers))
    assert verdict("servers", facts) == ("warning", "gone")
    assert said("servers", facts).facts["records"] == [str(sip)], "the MX has its own check"


@pytest.mark.parametrize("broken", list(Broken))
def test_41_42_a_bogus_zone_says_where_the_chain_breaks(broken: Broken) -> None:
    facts = replace(good(), seen=replace(SEEN, dnssec=Chain.BOGUS, broken=broken))
    assert verdict("dnssec", facts) == ("failed", broken.value)


def test_42_a_signed_zone_and_one_that_nobody_can_tell_of() -> None:
    facts = replace(good(), seen=replace(SEEN, dnssec=Chain.SIGNED))
    assert verdict("dnssec", facts) == ("ok", "signed")
    facts = replace(good(), seen=replace(SEEN, dnssec=Chain.UNKNOWN))
    assert verdict("dnssec", facts) == ("unknown", "untold")


OTHER = mx(DOMAIN, 10, "mx1.mail.ovh.net")


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ((), ("failed", "absent")),
        ((mx(DOMAIN, 32767, "ms12345678.msv1.invalid"),), ("failed", "absent")),
        ((of_text(DOMAIN, "MX", "0 .", origin=DOMAIN),), ("failed", "null")),
        ((OTHER,), ("failed", "elsewhere")),
        ((MAIL, OTHER), ("warning", "beside")),
        ((MAIL, mx(DOMAIN, 0, "mx1.mail.ovh.net")), ("failed", "split")),
        ((MAIL, mx(DOMAIN, 32767, "ms12345678.msv1.invalid")), ("ok", "good")),
        ((mx(DOMAIN, 0, "acme.mail.protection.outlook.com"),), ("ok", "good")),
        ((mx(DOMAIN, 10, "acme.mail.protection.office365.us"),), ("ok", "good")),
        ((mx(DOMAIN, 10, "mx1.eu.mimecast.com"),), ("ok", "gateway")),
    ],
)
def test_where_mail_goes(found: tuple[Record, ...], expected: tuple[str, str]) -> None:
    assert verdict("mx", with_answer(good(), DOMAIN, "MX", *found)) == expected


def test_mail_that_a_person_left_elsewhere_is_as_it_was_decided() -> None:
    facts = with_answer(replace(good(), wanted=(OTHER,)), DOMAIN, "MX", OTHER)
    assert verdict("mx", facts) == ("ok", "good")


def test_18_mail_that_a_person_kept_elsewhere_and_a_staged_move() -> None:
    kept = replace(good(), wanted=(SPF,), is_planned=True)
    assert verdict("mx", with_answer(kept, DOMAIN, "MX", OTHER)) == ("ok", "kept")
    staged = mx(DOMAIN, 20, "acme-example.o-v1.mx.microsoft")
    moving = with_answer(replace(kept, wanted=(staged,)), DOMAIN, "MX", OTHER, staged)
    assert verdict("mx", moving) == ("warning", "staged")
    usurped = with_answer(replace(kept, wanted=(MAIL,)), DOMAIN, "MX", OTHER, staged)
    assert verdict("mx", usurped) == ("failed", "split")


def test_16_what_a_person_left_out_or_left_as_it_was_is_not_checked() -> None:
    planned = {one.check for one in checks.run(replace(good(), is_planned=True))}
    left = {"autodiscover", "federation", "registration", "enrollment"}
    assert planned == set(WEIGHTS) - left


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        ((), ("failed", "absent")),
        ((SPF.value, "v=spf1 -all"), ("failed", "twice")),
        (("v=spf1 include: spf.protection.outlook.com -all",), ("failed", "broken")),
        (("v=spf1 mx -all",), ("failed", "without")),
        (("v=spf1 -include:spf.protection.outlook.com ?all",), ("failed", "without")),
        (("v=spf1 redirect=_spf.vendor.example",), ("warning", "indirect")),
        (("V=SPF1 INCLUDE:SPF.Protection.Outlook.com ~all",), ("ok", "good")),
        (("v=spf1 include:spf.protection.office365.us -all",), ("ok", "good")),
    ],
)
def test_who_may_send(texts: tuple[str, ...], expected: tuple[str, str]) -> None:
    found = [txt(DOMAIN, text) for text in texts]
    assert verdict("spf", with_answer(good(), DOMAIN, "TXT", *found)) == expected


@pytest.mark.parametrize(
    ("count", "expected"),
    [
        (SpfCount(10, 2, True), ("ok", "good")),
        (SpfCount(11, 0, True), ("failed", "too_many")),
        (SpfCount(11, 0, False), ("failed", "too_many")),
        (SpfCount(3, 3, True), ("failed", "too_void")),
        (SpfCount(3, 0, False), ("unknown", "uncounted")),
        (None, ("unknown", "uncounted")),
    ],
)
def test_the_look_ups_of_the_whole_tree(count: SpfCount | None, expected: tuple[str, str]) -> None:
    assert verdict("spf", replace(good(), spf_count=count)) == expected


SELECTORS = [f"selector{n}._domainkey.{DOMAIN}" for n in (1, 2)]


def test_dkim_both_one_none_and_revoked() -> None:
    half = with_answer(good(), SELECTORS[1], "TXT")
    assert verdict("dkim", half) == ("warning", "half")
    revoked = with_answer(good(), SELECTORS[1], "TXT", txt(SELECTORS[1], "v=DKIM1; p="))
    assert verdict("dkim", revoked) == ("warning", "half")
    none = with_answer(half, SELECTORS[0], "TXT")
    assert verdict("dkim", none) == ("warning", "absent")
    wished = replace(none, wanted=(cname(SELECTORS[0], "k.dkim.mail.microsoft"),))
    assert verdict("dkim", wished) == ("failed", "no_key")


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (("v=DMARC1; p=reject",), ("ok", "reject")),
        (("v=DMARC1;p = Quarantine ;rua=mailto:a@acme.example",), ("ok", "quarantine")),
        (("v=DMARC1; p=none",), ("warning", "none")),
        (("v=DMARC1; rua=mailto:a@acme.example",), ("failed", "broken")),
        (("v=DMARC1; sp=reject",), ("failed", "broken")),
        (("v=DMARC1; p=none", "v=DMARC1; p=reject"), ("failed", "twice")),
        (("something else",), ("warning", "absent")),
        ((), ("warning", "absent")),
    ],
)
def test_what_happens_to_forged_mail(texts: tuple[str, ...], expected: tuple[str, str]) -> None:
    found = [txt(DMARC.name, text) for text in texts]
    assert verdict("dmarc", with_answer(good(), DMARC.name, "TXT", *found)) == expected


def test_a_sub_domain_inherits_dmarc() -> None:
    name = "shop.acme.example"
    assert organisation_of(name) == DOMAIN
    assert (DMARC.name, "TXT") in questions(name, ("Email",))
    facts = with_answer(replace(good(), domain=name), f"_dmarc.{name}", "TXT")
    assert verdict("dmarc", facts) == ("ok", "inherited_reject")
    weaker = txt(DMARC.name, "v=DMARC1; p=reject; sp=none")
    assert verdict("dmarc", with_answer(facts, DMARC.name, "TXT", weaker)) == (
        "warning",
        "inherited_none",
    )


@pytest.mark.parametrize("check", ["autodiscover", "enterpriseregistration"])
def test_aliases_that_programs_look_for(check: str) -> None:
    name, label = f"{check}.{DOMAIN}", check.removeprefix("enterprise")
    assert verdict(label, with_answer(good(), name, "CNAME")) == ("failed", "absent")
    other = cname(name, "exchange.acme.example")
    changed = with_answer(good(), name, "CNAME", other)
    assert verdict(label, changed) == ("failed", "other")
    decided = replace(changed, wanted=(other,))
    assert verdict(label, decided) == ("ok", "good")


def test_the_enrolment_target_that_asks_people() -> None:
    name = f"enterpriseenrollment.{DOMAIN}"
    old = cname(name, "enterpriseenrollment.manage.microsoft.com")
    assert verdict("enrollment", with_answer(good(), name, "CNAME", old)) == ("warning", "outdated")


def test_34_the_way_to_other_organisations() -> None:
    name = f"_sipfederationtls._tcp.{DOMAIN}"
    assert verdict("federation", with_answer(good(), name, "SRV")) == ("failed", "absent")
    relative = srv(name, 100, 1, 5061, f"sipfed.online.lync.com.{DOMAIN}")
    facts = with_answer(good(), name, "SRV", relative)
    assert verdict("federation", facts) == ("failed", "other")


def test_33_msoid_must_not_be_there_outside_china() -> None:
    name = f"msoid.{DOMAIN}"
    record = cname(name, "clientconfig.microsoftonline-p.net")
    facts = with_answer(good(), name, "CNAME", record)
    assert verdict("msoid", facts) == ("failed", "there")
    wanted = {one.check for one in checks.run(replace(facts, wanted=(record,)))}
    assert "msoid" not in wanted
