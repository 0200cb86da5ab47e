"""Answers that do not come: what is known, and that a second run completes the zone."""

import socket

import pytest

from common.errors import Busy, OutcomeUnknown
from dnsconfig.edits import Edit
from dnsconfig.providers import Outcome, Written, ZoneProvider
from dnsconfig.records import cname, txt
from tests.dnsservers.proxy import Fault, between
from tests.dnsservers.servers import DnsServer

LOSSES = [Fault.DROPPED_BEFORE, Fault.DROPPED_AFTER, Fault.CUT, Fault.SILENT]


def edit_of(zone: str) -> Edit:
    return Edit(
        adds=(
            txt(zone, "v=spf1 include:spf.protection.outlook.com -all"),
            cname(f"autodiscover.{zone}", "autodiscover.outlook.com"),
        )
    )


def write(provider: ZoneProvider, zone: str) -> tuple[Written, ...]:
    edit = edit_of(zone)
    return provider.write(zone, edit, stored=provider.read(zone, names=edit.names))


@pytest.mark.parametrize("fault", LOSSES, ids=lambda fault: fault.name.lower())
@pytest.mark.parametrize("step", ["the update", "the reading back"])
def test_46_a_lost_answer_is_never_repeated_blindly(
    server: DnsServer, step: str, fault: Fault
) -> None:
    zone = server.take()
    direct = server.open(zone)
    edit = edit_of(zone)
    stored = direct.read(zone, names=edit.names)
    at = ["the update", "the reading back"].index(step)
    with between(server.port, fault, at=at) as proxy:
        through = server.open(zone, server=f"127.0.0.1:{proxy.port}", timeout=(5.0, 1.0))
        with pytest.raises(OutcomeUnknown):
            through.write(zone, edit, stored=stored)
        assert proxy.seen == at + 1
    is_written = step == "the reading back" or fault is not Fault.DROPPED_BEFORE
    left = edit.left_to_do(direct.read(zone, names=edit.names))
    assert bool(left) is not is_written
    again = {one.outcome for one in write(direct, zone)}
    assert again == {Outcome.ALREADY if is_written else Outcome.WRITTEN}
    assert set(edit.adds) <= set(direct.read(zone).records)


@pytest.mark.parametrize("fault", LOSSES, ids=lambda fault: fault.name.lower())
def test_a_zone_that_cannot_be_read_may_be_read_again(server: DnsServer, fault: Fault) -> None:
    zone = server.take()
    with between(server.port, fault, at=0) as proxy:
        through = server.open(zone, server=f"127.0.0.1:{proxy.port}", timeout=(5.0, 1.0))
        with pytest.raises(Busy):
            through.read(zone)
    assert server.open(zone).read(zone).at(zone, "NS")


def test_a_server_that_is_down_was_not_asked(server: DnsServer) -> None:
    zone = server.take()
    stored = server.open(zone).read(zone)
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    down = server.open(zone, server=f"127.0.0.1:{port}")
    for ask in (down.zones, lambda: down.read(zone), lambda: down.name_servers(zone)):
        with pytest.raises(Busy):
            ask()
    with pytest.raises(Busy):
        down.write(zone, edit_of(zone), stored=stored)
