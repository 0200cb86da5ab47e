"""Secondaries hear of each write: acknowledged, retried, or said to be silent."""

from collections.abc import Callable

import dns.flags
import dns.message
import dns.opcode
import dns.query
import dns.rcode
import dns.tsig
import dns.tsigkeyring
import pytest
from dns.message import Message

from dnsconfig.edits import Edit
from dnsconfig.embedded import notices
from dnsconfig.embedded.models import OwnZone
from dnsconfig.embedded.remote import TRIES
from dnsconfig.embedded.writing import write
from journal import services
from journal.models import Operation, State
from tests.dnsconfig.dns_net import serve
from tests.dnsconfig.embedded.conftest import SECRET, ZONE, open_zone, record
from tests.people import Reseller

Run = Callable[..., int]


class Secondary:
    """Acknowledges what it hears, or says `rcode`, or (None) nothing."""

    def __init__(self, rcode: str | None = "NOERROR") -> None:
        self.rcode = rcode
        self.heard: list[Message] = []

    def __call__(self, query: Message) -> Message | None:
        self.heard.append(query)
        if self.rcode is None:
            return None
        reply = dns.message.make_response(query)
        reply.set_rcode(dns.rcode.from_text(self.rcode))
        return reply

    @property
    def serials(self) -> list[int]:
        return [query.answer[0][0].serial for query in self.heard]


def change(zone: OwnZone, value: str = "192.0.2.1") -> None:
    write(account_id=zone.account_id, name=ZONE, edit=Edit(adds=(record("a", "A", value),)))


def told() -> Operation:
    return Operation.objects.get(kind="dns.notify")


def test_every_secondary_acknowledges(northwind: Reseller, run_journal: Run) -> None:
    first, second = Secondary(), Secondary()
    with serve({"127.0.0.1": first, "127.0.0.2": second}) as net:
        peers = [f"127.0.0.1:{net.port}", f"127.0.0.2:{net.port}"]
        change(open_zone(northwind, secondaries=peers))
        run_journal()
    assert told().state == State.DONE
    assert told().result == {"acknowledged": peers}
    for each in (first, second):
        assert each.serials == [8]
        assert each.heard[0].opcode() == dns.opcode.NOTIFY
        assert each.heard[0].flags & dns.flags.AA


def test_a_key_signs_the_notice(northwind: Reseller, monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[bytes] = []

    def udp(query: Message, *_where: object, **_options: object) -> Message:
        heard.append(query.to_wire())
        return dns.message.make_response(query)

    monkeypatch.setattr(dns.query, "udp", udp)
    zone = open_zone(northwind)
    assert notices.tell(zone.soa, "192.0.2.53", dns.tsig.Key("portal-key.", SECRET)) == ""
    ring = dns.tsigkeyring.from_text({"portal-key.": SECRET})
    assert dns.message.from_wire(heard[0], keyring=ring).had_tsig


def test_one_that_refuses_is_told_again_and_the_other_is_not(
    northwind: Reseller, run_journal: Run
) -> None:
    good, bad = Secondary(), Secondary("NOTAUTH")
    with serve({"127.0.0.1": good, "127.0.0.2": bad}) as net:
        change(open_zone(northwind, secondaries=[f"127.0.0.1:{net.port}", f"127.0.0.2:{net.port}"]))
        run_journal()
        assert told().state == State.TODO
        assert told().memo["reasons"] == {f"127.0.0.2:{net.port}": "NOTAUTH"}
        bad.rcode = "NOERROR"
        run_journal(skip_pauses=True)
    assert told().state == State.DONE
    assert (good.serials, bad.serials) == ([8], [8, 8])


def test_one_that_never_answers_ends_in_an_error_that_can_be_tried_again(
    northwind: Reseller, run_journal: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(notices, "TIMEOUT", 0.05)
    dead = Secondary(None)
    with serve({"127.0.0.1": dead}) as net:
        change(open_zone(northwind, secondaries=[f"127.0.0.1:{net.port}"]))
        run_journal(skip_pauses=True)
        told_now = (told().state, told().error_code, told().next_actor)
        assert told_now == ("error", "silent", "reseller")
        assert len(dead.heard) == 2 * TRIES
        dead.rcode = "NOERROR"
        services.retry(operation=told(), by=northwind.users["operator"].by)
        run_journal(skip_pauses=True)
        assert told().state == State.DONE


def test_a_silent_secondary_does_not_keep_later_writes_from_being_told(
    northwind: Reseller, run_journal: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(notices, "TIMEOUT", 0.05)
    only = Secondary(None)
    with serve({"127.0.0.1": only}) as net:
        zone = open_zone(northwind, secondaries=[f"127.0.0.1:{net.port}"])
        change(zone)
        run_journal(skip_pauses=True)
        only.rcode = "NOERROR"
        change(zone, "192.0.2.2")
        run_journal()
    assert only.serials[-1] == 9
    assert Operation.objects.latest("pk").state == State.DONE


def test_a_newer_write_takes_the_place_of_an_older_notice(
    northwind: Reseller, run_journal: Run
) -> None:
    only = Secondary()
    with serve({"127.0.0.1": only}) as net:
        zone = open_zone(northwind, secondaries=[f"127.0.0.1:{net.port}"])
        for value in ("192.0.2.1", "192.0.2.2", "192.0.2.3"):
            change(zone, value)
        run_journal()
    assert only.serials == [10]
    assert Operation.objects.filter(kind="dns.notify", state=State.DONE).count() == 3


def test_a_zone_that_is_gone_needs_no_notice(northwind: Reseller, run_journal: Run) -> None:
    zone = open_zone(northwind, secondaries=["192.0.2.53"])
    change(zone)
    zone.delete()
    run_journal()
    assert told().state == State.DONE
