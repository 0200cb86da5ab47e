"""Four writers at once: one wins, the others are told that the zone has changed."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from common.errors import Stale
from dnsconfig.edits import Edit
from dnsconfig.providers import Outcome
from dnsconfig.records import Record, cname, mx, txt
from tests.dnsservers.servers import DnsServer

WRITERS = 4
ROUNDS = 20


def wish(zone: str, number: int, writer: int) -> Record:
    """What writer `writer` wants in a round: an MX, an SPF record or an alias, by turns."""
    kinds = (
        mx(zone, 10 + writer, f"round{number}.example"),
        txt(f"spf{number}.{zone}", f"v=spf1 include:writer{writer}.example -all"),
        cname(f"alias{number}.{zone}", f"writer{writer}.example"),
    )
    return kinds[number % 3]


def test_45_exactly_one_of_four_writers_wins(server: DnsServer) -> None:
    zone = server.take()
    with ThreadPoolExecutor(WRITERS) as pool:
        for number in range(ROUNDS):
            barrier = Barrier(WRITERS)
            names = [wish(zone, number, 0).name]
            stored = server.open(zone).read(zone, names=names)

            def write(writer: int) -> Record | None:
                mine = wish(zone, number, writer)  # noqa: B023 - waited for within the round
                old = stored.at(mine.name, mine.type)  # noqa: B023
                gone = tuple(r for r in old if r.type == "MX")
                barrier.wait(30)  # noqa: B023
                try:
                    (*_, told) = server.open(zone).write(
                        zone,
                        Edit(gone, (mine,)),
                        stored=stored,  # noqa: B023
                    )
                except Stale:
                    return None
                assert told.outcome is Outcome.WRITTEN
                return mine

            winners = [mine for mine in pool.map(write, range(WRITERS)) if mine]
            assert len(winners) == 1, f"round {number}: {winners}"
            kind = winners[0].type
            assert server.open(zone).read(zone).at(names[0], kind) == tuple(winners)


@pytest.mark.full
def test_writers_of_different_names_do_not_disturb_each_other(server: DnsServer) -> None:
    zone = server.take()
    stored = server.open(zone).read(zone)

    def write(writer: int) -> None:
        edit = Edit(adds=(txt(f"name{writer}.{zone}", "mine"),))
        server.open(zone).write(zone, edit, stored=stored)

    with ThreadPoolExecutor(WRITERS) as pool:
        list(pool.map(write, range(WRITERS)))
    found = server.open(zone).read(zone)
    assert all(found.at(f"name{writer}.{zone}", "TXT") for writer in range(WRITERS))
