"""Private engines: they serve, they are ours, and they never outlive whoever started them."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg2
import pytest
import redis

from reseller_portal.launcher import places
from reseller_portal.launcher.engines import Engines, private_engines
from tests.launcher.processes import gone

OWNER = """
import sys, time
from pathlib import Path
from reseller_portal.launcher.engines import private_engines
engines = private_engines(Path(sys.argv[1]))
engines.start()
print(*(process.pid for _, process in engines.running), flush=True)
time.sleep(60)
"""


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path / "home"
    places.forget_engines(tmp_path / "home")


def started(home: Path) -> Engines:
    engines = private_engines(home)
    engines.start()
    return engines


def rows(engines: Engines, sql: str) -> list[tuple[object, ...]]:
    connection = psycopg2.connect(engines.database_url)
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(sql)
        found = list(cursor.fetchall()) if cursor.description else []
    connection.close()
    return found


def test_both_serve_and_keep_their_data_over_a_restart(home: Path) -> None:
    first = started(home)
    rows(first, "CREATE TABLE kept AS SELECT 7 AS n")
    with redis.Redis.from_url(first.redis_url) as client:
        client.set("kept", "7")
    first.stop()

    second = started(home)
    try:
        assert rows(second, "SELECT n FROM kept") == [(7,)]
        with redis.Redis.from_url(second.redis_url) as client:
            assert client.get("kept") == b"7"
    finally:
        second.stop()


def test_both_end_when_their_owner_is_killed(home: Path) -> None:
    command = [sys.executable, "-c", OWNER, str(home)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as owner:
        assert owner.stdout is not None
        pids = [int(pid) for pid in owner.stdout.readline().split()]
        assert len(pids) == 2
        owner.send_signal(signal.SIGKILL)
    assert all(gone(pid) for pid in pids)


def test_root_hands_them_to_an_unprivileged_user(home: Path) -> None:
    engines = started(home)
    try:
        owners = {Path(f"/proc/{child.pid}").stat().st_uid for _, child in engines.running}
    finally:
        engines.stop()
    assert 0 not in owners
