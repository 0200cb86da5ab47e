"""What OVH answered well and did not do, did twice, or did without an answer."""

from dataclasses import replace

import pytest

from common.errors import Busy, OutcomeUnknown, Refused
from dnsconfig.edits import Edit
from dnsconfig.providers import Written
from dnsconfig.records import Snapshot, cname, of_text, txt
from tests.dnsconfig.ovh_host import ALREADY, NOT_TAKEN, WRITTEN, ZONE, Host, outcomes
from tests.sandbox_fixture import LiveSandbox


@pytest.fixture
def host(live_sandbox: LiveSandbox) -> Host:
    return Host(live_sandbox)


def test_a_text_that_ovh_cuts_is_taken_away_and_not_called_written(host: Host) -> None:
    host.plant(("TXT", "", "kept"))
    host.sandbox.post("ovh/quirks", {"cut": 1})
    long, short = txt(ZONE, "x" * 300), txt(ZONE, "MS=ms1")
    told = host.write(Edit(adds=(long, short)))
    assert outcomes(told) == {(long.value, False): NOT_TAKEN, (short.value, False): WRITTEN}
    assert host.told[-1] == Written(long, NOT_TAKEN)
    assert {r.value for r in host.at(ZONE).at(ZONE, "TXT")} == {"kept", "MS=ms1"}


def test_a_text_cut_to_one_that_was_there_leaves_that_one(host: Host) -> None:
    host.plant(("TXT", "", "x" * 255))
    (old,) = host.at(ZONE).at(ZONE, "TXT")
    host.sandbox.post("ovh/quirks", {"cut": 1})
    (told,) = host.write(Edit(adds=(txt(ZONE, "x" * 300),)))
    assert told.outcome is NOT_TAKEN
    assert [r.id for r in host.at(ZONE).at(ZONE, "TXT")] == [old.id]
    assert len(host.raw.get(f"/domain/zone/{ZONE}/record?fieldType=TXT")) == 1


def test_55_writes_without_effect_are_noticed(host: Host) -> None:
    """Item 55: a new record, one changed in place, and one that was to go."""
    host.plant(("CNAME", "sip", "old."), ("A", "gone", "192.0.2.1"))
    (alias,), (address,) = (host.at(f"{sub}.{ZONE}").records for sub in ("sip", "gone"))
    new, text = cname(alias.name, "sipdir.online.lync.com"), txt(f"new.{ZONE}", "new")
    host.sandbox.post("ovh/quirks", {"forgotten": 3})
    told = host.write(Edit((alias, address), (new, text)))
    assert outcomes(told) == {
        (alias.value, True): NOT_TAKEN,
        (address.value, True): NOT_TAKEN,
        (new.value, False): NOT_TAKEN,
        (text.value, False): NOT_TAKEN,
    }
    again = host.write(Edit((alias, address), (new, text)))
    assert set(outcomes(again).values()) == {WRITTEN}
    done = host.write(Edit((alias, address), (new, text)))
    assert set(outcomes(done).values()) == {ALREADY}
    assert host.writes() == []


def test_a_record_answered_with_the_id_zero(host: Host) -> None:
    host.plant()
    host.sandbox.post("ovh/quirks", {"zero_id": 2})
    one, two = txt(f"one.{ZONE}", "1"), txt(f"two.{ZONE}", "2")
    assert set(outcomes(host.write(Edit(adds=(one, two)))).values()) == {WRITTEN}
    host.write(Edit(removes=(one, two)))
    assert host.at(one.name, two.name).records == ()


def test_a_record_held_twice_goes_twice(host: Host) -> None:
    twice = ("A", "old", "192.0.2.1")
    host.plant(twice, twice, twice)
    (old,) = host.at(f"old.{ZONE}").records
    told = host.write(Edit(removes=(old,)))
    assert outcomes(told) == {(old.value, True): WRITTEN}
    assert host.at(old.name).records == ()


def test_one_that_is_held_twice_is_replaced_once(host: Host) -> None:
    twice = ("CNAME", "sip", "old.")
    host.plant(twice, twice)
    (old,) = host.at(f"sip.{ZONE}").records
    new = cname(old.name, "new")
    host.write(Edit((old,), (new,)))
    assert host.natives(old.name) == [("CNAME", new.value)]
    assert len(host.raw.get(f"/domain/zone/{ZONE}/record?subDomain=sip")) == 1


def test_47_a_refused_record_leaves_those_before_it_and_says_which(host: Host) -> None:
    """Item 47."""
    host.plant()
    good, bad = txt(ZONE, "good"), of_text(f"a_b.{ZONE}", "A", "192.0.2.1", origin=ZONE)
    with pytest.raises(Refused, match="underscore"):
        host.write(Edit(adds=(good, bad)))
    assert host.told == [Written(good, WRITTEN)]
    assert host.at(ZONE).at(ZONE, "TXT") == (good,)


@pytest.mark.parametrize("kind", ["drop_after", "drop_before", "html"])
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_46_a_lost_answer_is_read_back_and_nothing_is_done_twice(
    host: Host, kind: str, method: str
) -> None:
    """Item 46."""
    host.plant(("CNAME", "sip", "old."), ("A", "gone", "192.0.2.1"))
    (alias,), (address,) = (host.at(f"{sub}.{ZONE}").records for sub in ("sip", "gone"))
    edit = Edit((alias, address), (cname(alias.name, "new"), txt(f"t.{ZONE}", "text")))
    fault = {"service": "ovh", "method": method, "path": "record", "kind": kind}
    host.sandbox.post("faults", fault)
    with pytest.raises(OutcomeUnknown):
        host.write(edit)
    host.write(edit)
    assert host.at(*edit.names).records == edit.adds
    ids = host.raw.get(f"/domain/zone/{ZONE}/record?subDomain=t")
    assert len(ids) == 1


def test_a_record_that_has_another_id_by_now_is_read_again(host: Host) -> None:
    """An edit in text form renumbers all."""
    host.plant(("CNAME", "sip", "old."), ("A", "gone", "192.0.2.1"))
    (alias,), (address,) = (host.at(f"{sub}.{ZONE}").records for sub in ("sip", "gone"))
    for gone in (alias, address):
        moved = replace(gone, id="1")
        with pytest.raises(Busy):
            host.write(Edit(removes=(gone,)), Snapshot.of(ZONE, [moved]))
        host.write(Edit(removes=(gone,)))
        assert host.at(gone.name).records == ()
