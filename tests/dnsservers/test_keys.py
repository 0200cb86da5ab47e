"""Keys that a server refuses, each in its own way, end in the same words for the same person."""

import time
from collections.abc import Callable

import pytest

from common.errors import Misconfigured, NotFound, Refused
from dnsconfig.edits import Edit
from dnsconfig.providers import ZoneProvider
from dnsconfig.records import Snapshot, txt
from tests.dnsservers.configs import FOREIGN, OTHER_SECRET, READER
from tests.dnsservers.servers import DnsServer, content

BAD_KEYS = {
    "wrong secret": {"secret": OTHER_SECRET},
    "unknown key": {"key_name": "nobody"},
    "other algorithm": {"algorithm": "hmac-sha512"},
    "no key": {"key_name": "", "secret": ""},
    "no base64": {"secret": "no base64!"},
}
NOWHERE = "no-such-zone.test"


def calls(provider: ZoneProvider, zone: str) -> list[Callable[[], object]]:
    edit = Edit(adds=(txt(f"new.{zone}", "text"),))
    return [
        provider.zones,
        lambda: provider.read(zone),
        lambda: provider.name_servers(zone),
        lambda: provider.refresh(zone),
        lambda: provider.missing_rights(zone),
        lambda: provider.write(zone, edit, stored=Snapshot.of(zone, [])),
    ]


@pytest.mark.parametrize("which", BAD_KEYS)
def test_54_credentials_are_refused_and_the_zone_is_not_called_unreachable(
    server: DnsServer, which: str
) -> None:
    zone = server.take()
    before = content(server.open(zone).read(zone))
    for call in calls(server.open(zone, **BAD_KEYS[which]), zone):
        with pytest.raises(Misconfigured) as refused:
            call()
        assert refused.value.code == "tsig"
    assert content(server.open(zone).read(zone)) == before


def test_54_a_clock_that_is_wrong_is_a_matter_of_credentials(
    server: DnsServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    zone = server.take()
    provider = server.open(zone)
    real = time.time
    monkeypatch.setattr("time.time", lambda: real() - 4000)
    for call in calls(provider, zone):
        with pytest.raises(Misconfigured) as refused:
            call()
        assert refused.value.code == "tsig"
        assert ("clock" in refused.value.message) == (server.kind != "powerdns")


def test_a_key_for_other_zones_opens_no_more(server: DnsServer) -> None:
    """Knot says that it does not know the key for this zone; the others, that it may not."""
    provider = server.open(FOREIGN)
    code = "tsig" if server.kind == "knot" else "refused"
    for call in (provider.zones, lambda: provider.read(FOREIGN)):
        with pytest.raises(Misconfigured) as refused:
            call()
        assert refused.value.code == code
    edit = Edit(adds=(txt(f"new.{FOREIGN}", "text"),))
    with pytest.raises(Misconfigured) as refused:
        provider.write(FOREIGN, edit, stored=Snapshot.of(FOREIGN, []))
    assert refused.value.code == code
    assert not server.ask(f"new.{FOREIGN}", "TXT").answer


def test_a_key_that_may_only_read_lacks_a_right(server: DnsServer) -> None:
    """BIND's `update-policy` looks at each record, so it only tells when one is written."""
    zone = server.take()
    reader, writer = server.open(zone, **READER), server.open(zone)
    before = writer.read(zone)
    assert content(reader.read(zone)) == content(before)
    assert writer.missing_rights(zone) == ()
    told = () if "bind" in server.kind else ("UPDATE",)
    assert reader.missing_rights(zone) == told
    edit = Edit(adds=(txt(f"new.{zone}", "text"),))
    with pytest.raises(Misconfigured) as refused:
        reader.write(zone, edit, stored=Snapshot.of(zone, []))
    assert refused.value.code == "refused"
    if server.kind != "signed_bind":
        assert writer.read(zone) == before


def test_a_zone_that_is_not_there_is_not_found(server: DnsServer) -> None:
    for call in calls(server.open(NOWHERE), NOWHERE):
        with pytest.raises(NotFound):
            call()


def test_only_zones_that_open_are_listed(server: DnsServer) -> None:
    first, second = server.take(), server.take()
    listed = server.open(second.upper() + ".", NOWHERE, FOREIGN, first, first)
    assert listed.zones() == sorted([first, second])


def test_the_servers_are_those_that_the_zone_names(server: DnsServer) -> None:
    """The one that is written to need not be among them: a hidden primary."""
    zone = server.take()
    assert server.open(zone).name_servers(zone) == [f"ns1.{zone}", "ns2.elsewhere.example"]


def test_a_server_on_the_portals_own_network_only_where_the_operator_allows_it(
    bind: DnsServer,
) -> None:
    zone = bind.take()
    for server in (f"127.0.0.1:{bind.port}", f"localhost:{bind.port}"):
        assert bind.open(zone, server=server).zones() == [zone]
        with pytest.raises(Refused) as refused:
            bind.open(zone, server=server, private_addresses=False).zones()
        assert refused.value.field == "server"
