"""Every state of a name server has its sentence."""

from dnsconfig.records import mx
from dnsconfig.resolver import Problem
from dnsconfig.seen import RecordSeen, ServerSeen, Standing
from dnsconfig.server_words import sentences
from dnsconfig.signatures import Broken

OLD = mx("acme.example", 10, "mx.old.example")


def test_a_server_that_answers_as_it_should_needs_no_words() -> None:
    assert sentences(ServerSeen("ns1", ("192.0.2.1",)).to_json()) == []
    before = {"server": "ns1", "addresses": [], "expected": 1, "missing": [], "errors": []}
    assert sentences(before) == [], "kept by an earlier version"


def test_each_problem_and_each_broken_chain_is_worded() -> None:
    problems = [sentences(ServerSeen("ns1", (), one).to_json()) for one in list(Problem)[1:]]
    chains = [sentences(ServerSeen("ns1", (), broken=one).to_json()) for one in Broken]
    told = [text for (text,) in problems + chains]
    assert len(set(told)) == len(problems) + len(chains)


def test_what_is_still_there_and_who_is_not_delegated() -> None:
    records = (RecordSeen(OLD, Standing.STILL_THERE),)
    told = sentences(ServerSeen("ns3", (), records=records, is_delegated=False).to_json())
    assert str(OLD) in told[0]
    assert "not by its parent" in told[1]
