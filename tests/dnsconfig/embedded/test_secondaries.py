"""Real name servers as secondaries: they hear of each write and fetch the zone, signed or not."""

import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path

import dns.exception
import dns.message
import dns.query
import dns.rcode
import pytest

from dnsconfig.edits import Edit
from dnsconfig.embedded.models import OwnZone
from dnsconfig.embedded.server import NameServer
from dnsconfig.embedded.writing import snapshot, write
from dnsconfig.records import Record, of_rdata, txt
from journal.models import Operation, State
from tests.dnsconfig.embedded.conftest import SECRET, ZONE, open_zone, record
from tests.people import Reseller

pytestmark = [pytest.mark.full, pytest.mark.django_db(transaction=True)]

PATIENCE = 60
"""Seconds; a guard against hanging only."""

BIND = """
{key}
options {{
  directory "{home}"; pid-file "{home}/named.pid"; session-keyfile "{home}/session.key";
  listen-on port {port} {{ 127.0.0.1; }}; listen-on-v6 {{ none; }};
  recursion no; dnssec-validation no; empty-zones-enable no; notify no;
}};
controls {{ }};
zone "acme.example" {{
  type secondary; file "acme.db"; primaries {{ 127.0.0.1 port {primary} {signed}; }};
}};
"""
BIND_KEY = f'key "portal-key." {{ algorithm hmac-sha256; secret "{SECRET}"; }};'

KNOT = """
server:
    rundir: "{home}"
    listen: 127.0.0.1@{port}
database:
    storage: "{home}/db"
{key}
remote:
  - id: portal
    address: 127.0.0.1@{primary}
    {signed}
acl:
  - id: notice
    address: 127.0.0.1
    {signed}
    action: notify
zone:
  - domain: acme.example.
    storage: "{home}"
    master: portal
    acl: notice
"""
KNOT_KEY = f"key:\n  - id: portal-key.\n    algorithm: hmac-sha256\n    secret: {SECRET}"

CONFIGS = {
    "named": (BIND, BIND_KEY, "key portal-key."),
    "knotd": (KNOT, KNOT_KEY, "key: portal-key."),
}
COMMANDS = {"named": ["-g", "-c"], "knotd": ["-c"]}


def free_port() -> int:
    with ExitStack() as stack:
        tcp = stack.enter_context(socket.socket())
        tcp.bind(("127.0.0.1", 0))
        port: int = tcp.getsockname()[1]
        udp = stack.enter_context(socket.socket(socket.AF_INET, socket.SOCK_DGRAM))
        udp.bind(("127.0.0.1", port))
        return port


def ask(port: int, name: str, kind: str) -> set[str]:
    """Values that the secondary has; none while it does not answer."""
    query = dns.message.make_query(name, kind)
    try:
        reply = dns.query.tcp(query, "127.0.0.1", timeout=5, port=port)
    except (dns.exception.DNSException, OSError):
        return set()
    return {of_rdata(name, rdata).value for rrset in reply.answer for rdata in rrset}


def has(port: int, one: Record) -> bool:
    return ask(port, one.name, one.type) == {one.value}


def wait_until(true: Callable[[], bool], log: Path) -> None:
    deadline = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < deadline, log.read_text()[-3000:]
        time.sleep(0.1)


Start = Callable[[str, bool], tuple[int, Path]]


@pytest.fixture
def start(server: NameServer, tmp_path: Path) -> Iterator[Start]:
    """Start a secondary of the running server; its port and its log."""
    running: list[subprocess.Popen[bytes]] = []

    def started(program: str, is_signed: bool) -> tuple[int, Path]:
        found = shutil.which(program) or shutil.which(program, path="/usr/sbin")
        if found is None:
            pytest.skip(f"{program} is not installed")
        config, key, signed = CONFIGS[program]
        port, log = free_port(), tmp_path / "log"
        (tmp_path / "db").mkdir()
        told = {"key": key, "signed": signed} if is_signed else {"key": "", "signed": ""}
        file = tmp_path / "conf"
        file.write_text(config.format(home=tmp_path, port=port, primary=server.port, **told))
        with log.open("wb") as output:
            command = [found, *COMMANDS[program], str(file)]
            running.append(subprocess.Popen(command, stdout=output, stderr=subprocess.STDOUT))
        return port, log

    yield started
    for process in running:
        process.terminate()
        process.wait(timeout=PATIENCE)


@pytest.mark.parametrize("is_signed", [False, True], ids=["by address", "signed"])
@pytest.mark.parametrize("program", ["named", "knotd"])
def test_a_secondary_follows_each_write(
    northwind: Reseller,
    start: Start,
    run_journal: Callable[..., int],
    program: str,
    is_signed: bool,
) -> None:
    port, log = start(program, is_signed)
    key = {"tsig_name": "portal-key", "tsig_secret": SECRET} if is_signed else {}
    many = [txt(f"t{n}.{ZONE}", f"number {n} " + "x" * 200) for n in range(400)]
    zone = open_zone(
        northwind,
        record("", "MX", "10 mail.acme.example."),
        record("*.wild", "A", "192.0.2.9"),
        record("odd", "TYPE65280", "\\# 2 abcd"),
        *many,
        secondaries=[f"127.0.0.1:{port}"],
        **key,
    )
    wait_until(lambda: bool(ask(port, ZONE, "SOA")), log)
    for turn in range(3):
        new = record("turn", "TXT", f'"{turn}"')
        put(zone, Edit(snapshot(zone).at(new.name, "TXT"), (new,)))
        run_journal(skip_pauses=True)
        wait_until(partial(has, port, new), log)
    for one in (*many[::50], *snapshot(zone).at(ZONE, "MX", "NS")):
        assert one.value in ask(port, one.name, one.type)
    assert ask(port, f"odd.{ZONE}", "TYPE65280") == {"\\# 2 abcd"}
    last = Operation.objects.filter(kind="dns.notify").latest("pk")
    assert (last.state, last.params["serial"]) == (State.DONE, 10)


def put(zone: OwnZone, edit: Edit) -> tuple[Record, ...]:
    return write(account_id=zone.account_id, name=ZONE, edit=edit).adds
