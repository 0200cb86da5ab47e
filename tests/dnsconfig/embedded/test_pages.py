"""The owner, an operator, a viewer and a stranger at the pages and the API of own zones."""

import dns.zone
from pytest_django import DjangoAssertNumQueries

from dnsconfig.embedded.models import OwnZone
from journal.models import Operation
from tests.accounts.factor.app import prove_by_password
from tests.dnsconfig.embedded.conftest import SECRET, ZONE, open_zone, record
from tests.people import People

PAGE = f"/account/own-zones/{ZONE}/"
API = "/api/v1/own-zones"
GOOD = {"name": ZONE, "name_servers": "ns1.host.example ns2.host.example"}


def text_of(answer: object) -> str:
    return answer.content.decode()  # type: ignore[attr-defined, no-any-return]


def test_an_owner_creates_a_zone_from_a_zone_file(people: People) -> None:
    wish = {**GOOD, "zone_text": "www A 192.0.2.1\nwww.other.example. A 192.0.2.2\n"}
    answer = people.owner.post("/account/own-zones/new/", wish, follow=True)
    assert answer.redirect_chain == [(PAGE, 302)]
    shown = text_of(answer)
    assert "www.acme.example" in shown
    assert "1 record of another zone was left out." in shown
    assert "/account/own-zones/" in text_of(people.viewer.get("/home/"))
    assert ZONE in text_of(people.viewer.get("/account/own-zones/"))
    assert ZONE in text_of(people.owner.get("/account/zones/"))


def test_a_mistake_keeps_what_was_typed(people: People) -> None:
    wish = {**GOOD, "secondaries": "nonsense", "zone_text": "www A 192.0.2.1"}
    answer = people.owner.post("/account/own-zones/new/", wish)
    assert answer.status_code == 422
    assert "nonsense is not an address." in text_of(answer)
    assert "www A 192.0.2.1" in text_of(answer)


def test_an_operator_adds_and_removes_a_record(people: People) -> None:
    zone = open_zone(people.northwind)
    wish = {"name": "mail", "type": "A", "value": "192.0.2.1", "ttl": "300"}
    assert people.operator.post(PAGE, wish)["Location"] == PAGE
    row = zone.records.get()
    remove = f"{PAGE}records/{row.pk}/remove/"
    assert remove in text_of(people.operator.get(PAGE))
    assert remove not in text_of(people.viewer.get(PAGE))
    assert "192.0.2.1" in text_of(people.operator.get(remove))
    assert zone.records.exists()
    people.operator.post(remove)
    assert not zone.records.exists()
    assert OwnZone.objects.get().serial == 9


def test_what_cannot_be_added_is_said(people: People) -> None:
    open_zone(people.northwind, record("www", "A", "192.0.2.1"))
    alias = {"name": "www", "type": "CNAME", "value": "mail", "ttl": "300"}
    answer = people.operator.post(PAGE, alias)
    assert answer.status_code == 422
    assert "must be alone" in text_of(answer)
    answer = people.operator.post(PAGE, {**alias, "type": "A"})
    assert "This is no valid value of type A." in text_of(answer)


def test_the_zone_file_is_a_download(people: People) -> None:
    open_zone(people.northwind, record("", "TXT", '"a;b"'), record("", "MX", "10 mail.example."))
    for answer in (
        people.viewer.get(f"{PAGE}zone-file/"),
        people.api("viewer").get(f"{API}/{ZONE}/zone-file"),
    ):
        assert answer["Content-Type"].startswith("text/dns")
        made = dns.zone.from_text(text_of(answer), origin=ZONE)
        assert made.get_rdataset("@", "MX")
        assert made.get_rdataset("@", "TXT")[0].to_text() == '"a;b"'


def test_the_page_says_what_the_secondaries_said(people: People) -> None:
    zone = open_zone(people.northwind, secondaries=["192.0.2.1", "192.0.2.2", "192.0.2.3"])
    Operation.objects.create(
        kind="dns.notify",
        account_id=zone.account_id,
        subject=zone.key,
        params={},
        memo={"acknowledged": ["192.0.2.1"], "reasons": {"192.0.2.2": "silent"}},
    )
    shown = text_of(people.viewer.get(PAGE))
    assert "192.0.2.1: has acknowledged" in shown
    assert "192.0.2.2: does not answer" in shown
    assert "192.0.2.3: has not been told yet" in shown


def test_other_servers_are_published_and_the_key_stays(people: People) -> None:
    zone = open_zone(people.northwind, tsig_name="key", tsig_secret=SECRET)
    page = text_of(people.owner.get(f"{PAGE}settings/"))
    assert "ns1.host.example" in page
    assert SECRET not in page
    wish = {"name_servers": "ns9.host.example", "secondaries": "192.0.2.9", "tsig_name": "key"}
    assert people.owner.post(f"{PAGE}settings/", wish).status_code == 302
    zone = OwnZone.objects.get()
    assert (zone.name_servers, zone.serial) == (["ns9.host.example"], 8)
    assert (zone.tsig_name, zone.tsig_secret) == ("key", SECRET)
    assert Operation.objects.get(kind="dns.notify").params["serial"] == 8
    assert people.owner.post(f"{PAGE}settings/", {**wish, "tsig_name": "k2"}).status_code == 422
    wish = {"name_servers": "ns9.host.example", "tsig_name": "", "tsig_secret": ""}
    people.owner.post(f"{PAGE}settings/", wish)
    zone = OwnZone.objects.get()
    assert (zone.tsig_name, zone.tsig_secret, zone.secondaries) == ("", None, [])
    inside = people.owner.post(f"{PAGE}settings/", {"name_servers": f"ns1.{ZONE}"})
    assert "add its address to the records first" in text_of(inside)


def test_a_zone_is_deleted_after_its_name_and_a_proof(people: People) -> None:
    open_zone(people.northwind, record("", "MX", "10 mail.contoso.example."))
    page = text_of(people.owner.get(f"{PAGE}delete/"))
    assert "1 record is lost" in page
    assert "without its MX records no mail arrives" in page
    assert "asked for your password" in page
    assert people.owner.post(f"{PAGE}delete/", {"typed_name": "another.example"}).status_code == 422
    named = {"typed_name": f" {ZONE.upper()} "}
    assert "/reauthenticate/" in people.owner.post(f"{PAGE}delete/", named)["Location"]
    assert OwnZone.objects.exists()
    prove_by_password(people.owner)
    assert people.owner.post(f"{PAGE}delete/", named)["Location"] == "/account/own-zones/"
    assert not OwnZone.objects.exists()


def test_lists_cost_the_same_however_long(
    people: People, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    zone = open_zone(people.northwind, *(record(f"h{n}", "A", "192.0.2.1") for n in range(120)))
    for number in range(10):
        open_zone(people.northwind, name=f"z{number}.example")
    people.viewer.get(PAGE)
    for url in ("/account/own-zones/", f"{PAGE}?page=2"):
        with django_assert_max_num_queries(14):
            assert people.viewer.get(url).status_code == 200
    assert f"51–100 of {zone.records.count()}" in text_of(people.viewer.get(f"{PAGE}?page=2"))


def test_the_same_by_rest(people: People) -> None:
    owner, viewer = people.api("owner"), people.api("viewer")
    wish = {
        "name": ZONE,
        "name_servers": ["ns1.host.example"],
        "secondaries": ["192.0.2.53"],
        "tsig_name": "key",
        "tsig_secret": SECRET,
        "zone_file": "www A 192.0.2.1\n@ RRSIG A 8 2 9 20300101000000 20200101000000 1 a. AAAA",
    }
    made = owner.post(API, wish, format="json")
    assert made.status_code == 201
    assert made["Location"] == f"{API}/{ZONE}"
    assert made.json()["left_out"] == {"outside": 0, "signatures": 1}
    assert "secret" not in text_of(made)
    assert viewer.get(API).json()["results"][0]["name"] == ZONE
    added = people.api("operator").post(
        f"{API}/{ZONE}/records", {"type": "TXT", "value": "v=spf1 -all"}, format="json"
    )
    assert added.status_code == 201
    assert viewer.get(f"{API}/{ZONE}/records").json()["count"] == 2
    gone = people.api("operator").delete(f"{API}/{ZONE}/records/{added.json()['id']}")
    assert gone.status_code == 204
    changed = owner.put(f"{API}/{ZONE}", {"name_servers": ["ns2.host.example"]}, format="json")
    assert changed.json()["name_servers"] == ["ns2.host.example"]
    refused = owner.post(API, wish, format="json")
    assert refused.status_code == 422
    assert "name" in refused.json()["errors"]
    assert owner.delete(f"{API}/{ZONE}").status_code == 204
    assert viewer.get(f"{API}/{ZONE}").status_code == 404


def test_a_stranger_and_other_records_are_not_found(people: People) -> None:
    open_zone(people.northwind)
    other = open_zone(people.northwind, record("", "A", "192.0.2.1"), name="other.example")
    row = other.records.get()
    assert people.stranger.get(PAGE).status_code == 404
    assert people.api("stranger").get(f"{API}/{ZONE}/zone-file").status_code == 404
    assert people.operator.post(f"{PAGE}records/{row.pk}/remove/").status_code == 404
    assert other.records.exists()


def test_staff_release_a_name_that_another_account_needs(people: People) -> None:
    open_zone(people.northwind, tsig_name="key", tsig_secret=SECRET)
    listed = "/admin/dnsconfig/ownzone/"
    page = people.staff.get(f"{listed}{OwnZone.objects.get().pk}/change/")
    assert SECRET not in text_of(page)
    chosen = {"action": "release", "_selected_action": [OwnZone.objects.get().pk]}
    assert "1 zone was deleted." in text_of(people.staff.post(listed, chosen, follow=True))
    assert not OwnZone.objects.exists()
    wish = {**GOOD, "secondaries": "192.0.2.1"}
    assert people.stranger.post("/account/own-zones/new/", wish).status_code == 302
