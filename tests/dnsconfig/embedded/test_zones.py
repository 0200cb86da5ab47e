"""An owner creates a zone, with or without a zone file; others cannot take its name."""

import dns.zone
import pytest

from common.refusals import Impossible
from dnsconfig.embedded import services, wishes
from dnsconfig.embedded.models import OwnZone
from dnsconfig.embedded.services import Created
from dnsconfig.embedded.writing import snapshot
from dnsconfig.embedded.zonefile import written
from dnsconfig.models import Domain, ZoneConnection
from journal.models import Event, Operation
from tests.dnsconfig.conftest import open_tenant
from tests.dnsconfig.embedded.conftest import SECRET, ZONE, open_zone, record
from tests.people import Reseller

FILE = """
$ORIGIN acme.example.
$TTL 2h
@  IN SOA ns.old.example. hostmaster 2026112101 7200 600 604800 300
   IN NS ns.old.example.
   IN MX 10 mail
mail   300  A 192.0.2.1
mail        A 192.0.2.2
www         CNAME mail
Txt         TXT "v=spf1 a;b" " -all"
odd         TYPE65280 \\# 2 abcd
@           RRSIG A 8 2 3600 20300101000000 20200101000000 1 acme.example. AAAA
elsewhere.example. A 192.0.2.9
$ORIGIN other.example.
www         A 192.0.2.10
"""


def create(reseller: Reseller, name: str = ZONE, **given: str) -> Created:
    wish = wishes.read(
        {"name": name, "name_servers": "ns1.host.example, ns2.host.example", **given}
    )
    return services.create_zone(account=reseller.account, wish=wish, by=reseller.users["owner"].by)


def test_an_empty_zone_is_a_zone(northwind: Reseller) -> None:
    zone = create(northwind, " ACME.example. ", secondaries="192.0.2.53\n[2001:db8::1]:5353").zone
    assert zone.name == ZONE
    assert zone.secondaries == ["192.0.2.53", "[2001:db8::1]:5353"]
    connection = ZoneConnection.objects.get(account=northwind.account)
    assert (connection.provider, connection.zones) == ("embedded", [ZONE])
    assert connection.keys == {"account": str(northwind.account.pk)}
    assert Event.objects.get(kind="ownzone.created").by_label == "owner@northwind.example"
    assert Operation.objects.get().kind == "dns.notify"
    made = dns.zone.from_text(written(ZONE, snapshot(zone).records), origin=ZONE)
    assert made.get_soa().serial == zone.serial
    assert len(made.get_rdataset("@", "NS")) == 2


def test_a_second_zone_joins_the_first(northwind: Reseller) -> None:
    ZoneConnection.objects.create(
        account=northwind.account, provider="ovh", label="Own zones", keys={}
    )
    create(northwind)
    create(northwind, "bäckerei.example")
    connection = ZoneConnection.objects.get(account=northwind.account, provider="embedded")
    assert connection.label == "Own zones 2"
    assert connection.zones == [ZONE, "xn--bckerei-5wa.example"]


def test_a_zone_file_is_taken_over(northwind: Reseller) -> None:
    created = create(northwind, zone_text=FILE)
    zone = created.zone
    assert (created.outside, created.signatures) == (2, 1)
    assert (zone.serial, zone.refresh, zone.minimum) == (2026112102, 7200, 300)
    found = {(r.name, r.type, r.value, r.ttl) for r in snapshot(zone).records if r.type != "SOA"}
    assert found == {
        (ZONE, "NS", "ns1.host.example.", 3600),
        (ZONE, "NS", "ns2.host.example.", 3600),
        (ZONE, "MX", "10 mail.acme.example.", 7200),
        ("mail.acme.example", "A", "192.0.2.1", 300),
        ("mail.acme.example", "A", "192.0.2.2", 300),
        ("www.acme.example", "CNAME", "mail.acme.example.", 7200),
        ("txt.acme.example", "TXT", "v=spf1 a;b -all", 7200),
        ("odd.acme.example", "TYPE65280", "\\# 2 abcd", 7200),
    }


@pytest.mark.parametrize("first", [FILE, "", "@ TXT " + '"%s" ' % ("x" * 200) * 3])
def test_what_is_written_is_read_again(northwind: Reseller, first: str) -> None:
    zone = create(northwind, zone_text=first).zone
    before = snapshot(zone).records
    text = written(ZONE, before)
    services.delete_zone(zone=zone, by=northwind.users["owner"].by)
    again = create(northwind, zone_text=text).zone
    assert {r for r in snapshot(again).records if r.type != "SOA"} == {
        r for r in before if r.type != "SOA"
    }


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("$INCLUDE /etc/passwd", "Line 1: zone file directive '$INCLUDE' is not allowed"),
        ("@ A 192.0.2.1\n$GENERATE 1-9 h$ A 192.0.2.$", "Line 2"),
        ("www A 192.0.2.1\nwww A 192.0.2.300", "Line 2"),
        ("www CNAME a\nwww CNAME b", "only one record of type CNAME"),
        ("www CNAME a\nwww A 192.0.2.1", "must be alone"),
        ("@ CNAME elsewhere.example.", "top of a zone"),
        ('@ TXT "never ends', "Line 1"),
        ("@ A", "Line 1"),
        ("@ 4294967296 A 192.0.2.1", "Line 1"),
        ("@ TXT" + ' "%s"' % ("x" * 250) * 250, "too long"),
        (".".join(["\\000" * 60] * 3) + " A 192.0.2.1", "too long"),
        ("a..b A 192.0.2.1", "Line 1"),
    ],
)
def test_37_a_bad_zone_file_is_refused_whole(northwind: Reseller, text: str, says: str) -> None:
    with pytest.raises(Impossible) as refused:
        create(northwind, zone_text=text)
    (said,) = refused.value.errors["zone_text"]
    assert says in said
    assert not OwnZone.objects.exists()


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("name", "co.uk"),
        ("name", "acme.onmicrosoft.com"),
        ("name", "not a name"),
        ("name_servers", ""),
        ("name_servers", "192.0.2.1"),
        ("name_servers", "localhost"),
        ("name_servers", "bad..example"),
        ("name_servers", f"ns1.{ZONE}"),
        ("secondaries", "ns1.host.example"),
        ("secondaries", "192.0.2.1:0"),
        ("secondaries", "224.0.0.1"),
        ("tsig_name", "a..b"),
        ("tsig_secret", ""),
        ("tsig_secret", "c2hvcnQ="),
        ("tsig_secret", "not base64!"),
    ],
)
def test_each_mistake_is_said_beside_its_field(northwind: Reseller, field: str, text: str) -> None:
    good = {"name": ZONE, "tsig_name": "key", "tsig_secret": SECRET}
    with pytest.raises(Impossible) as refused:
        create(northwind, **{**good, field: text})
    assert list(refused.value.errors) == [field]


def test_the_providers_own_network_is_not_told(northwind: Reseller, settings: object) -> None:
    settings.ZONES_PRIVATE_SECONDARIES = False  # type: ignore[attr-defined]
    for address in ("127.0.0.1", "10.0.0.1:8080", "::1", "169.254.169.254", "fe80::1"):
        with pytest.raises(Impossible):
            create(northwind, secondaries=address)
    assert create(northwind, secondaries="9.9.9.9").zone.pk


def test_a_server_inside_the_zone_comes_with_its_address(northwind: Reseller) -> None:
    text = "ns1 A 192.0.2.53"
    assert create(northwind, name_servers=f"ns1.{ZONE}", zone_text=text).zone.pk


@pytest.mark.parametrize("name", [ZONE, f"sub.{ZONE}", f"a.b.{ZONE}"])
def test_a_name_is_one_accounts_only(northwind: Reseller, fabrikam: Reseller, name: str) -> None:
    create(northwind)
    with pytest.raises(Impossible) as taken:
        create(fabrikam, name)
    assert list(taken.value.errors) == ["name"]
    assert not ZoneConnection.objects.filter(account=fabrikam.account).exists()
    if name == ZONE:
        with pytest.raises(Impossible):
            create(northwind)
    else:
        create(northwind, name)


def test_nor_can_another_open_the_zone_above(northwind: Reseller, fabrikam: Reseller) -> None:
    create(northwind, f"sub.{ZONE}")
    with pytest.raises(Impossible):
        create(fabrikam)
    create(fabrikam, "notacme.example")


def test_a_zone_in_use_stays(northwind: Reseller) -> None:
    zone = create(northwind).zone
    tenant = open_tenant(northwind, "acme")
    connection = ZoneConnection.objects.get()
    domain = Domain.objects.create(tenant=tenant, connection=connection, name=ZONE, zone=ZONE)
    by = northwind.users["owner"].by
    with pytest.raises(Impossible):
        services.delete_zone(zone=zone, by=by)
    domain.delete()
    services.delete_zone(zone=zone, by=by)
    connection.refresh_from_db()
    assert connection.zones == []
    assert Event.objects.filter(kind="ownzone.deleted").count() == 1


@pytest.mark.parametrize(
    ("typed", "name", "value"),
    [
        (("", "TXT", "v=spf1 include:a -all"), ZONE, "v=spf1 include:a -all"),
        (("@", "TXT", '"two" "parts"'), ZONE, "twoparts"),
        (("_DMARC", "TXT", "v=DMARC1; p=none"), f"_dmarc.{ZONE}", "v=DMARC1; p=none"),
        ((f"www.{ZONE}", "CNAME", "mail"), f"www.{ZONE}", f"mail.{ZONE}."),
        ((f"www.{ZONE}.", "MX", "10 mx.example."), f"www.{ZONE}", "10 mx.example."),
        (("*", "A", "192.0.2.1"), f"*.{ZONE}", "192.0.2.1"),
        (("bücher", "AAAA", "2001:DB8::1"), f"xn--bcher-kva.{ZONE}", "2001:db8::1"),
    ],
)
def test_a_record_as_people_type_it(
    northwind: Reseller, typed: tuple[str, str, str], name: str, value: str
) -> None:
    zone = open_zone(northwind)
    made = wishes.record(zone=ZONE, name=typed[0], kind=typed[1], value=typed[2], ttl=300)
    services.add_record(zone=zone, record=made, by=northwind.users["operator"].by)
    row = zone.records.get()
    assert (row.name, row.type, row.value, row.ttl) == (name, typed[1], value, 300)
    services.remove_record(row=row, by=northwind.users["operator"].by)
    assert not zone.records.exists()


@pytest.mark.parametrize(
    ("typed", "field"),
    [(("a..b", "A", "192.0.2.1"), "name"), (("a", "A", "192.0.2.999"), "value"),
     (("a", "MX", "mail"), "value"), (("x" * 64, "A", "192.0.2.1"), "name"),
     (("www.other.example.", "A", "192.0.2.1"), ""), (("", "CNAME", "a.example."), "")],
)  # fmt: skip
def test_a_record_that_cannot_be(
    northwind: Reseller, typed: tuple[str, str, str], field: str
) -> None:
    zone = open_zone(northwind, record("", "A", "192.0.2.1"))
    with pytest.raises(Impossible) as refused:
        made = wishes.record(zone=ZONE, name=typed[0], kind=typed[1], value=typed[2], ttl=300)
        services.add_record(zone=zone, record=made, by=northwind.users["operator"].by)
    assert list(refused.value.errors) == [field]
    assert zone.records.count() == 1
