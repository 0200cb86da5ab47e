"""BIND, Knot and PowerDNS as processes of the tests, on a free port of loopback.

Each holds zones of the same content (`zones`), opened by the key `portal.`; a test takes a fresh
one with `take()`. The servers end with the fixture, and die with the test run when it is killed.
"""

import ctypes
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import dns.exception
import dns.flags
import dns.message
import dns.query

from dnsconfig.providers import ZoneProvider, connect
from dnsconfig.records import Snapshot
from reseller_portal.launcher.engines import free_port, stop
from tests.dnsservers.configs import FOREIGN, KINDS, SECRET, Setting, program

ZONES = 80
"""Zones that a server holds."""
BIG = "big.test"
"""10,000 records; not where all of them would have to be signed first."""

_PR_SET_PDEATHSIG = 1
_CONTENT = """\
$TTL 3600
@ SOA ns1 hostmaster 1 3600 600 86400 300
@ NS ns1
@ NS ns2.elsewhere.example.
@ 300 A 192.0.2.1
@ MX 10 Mail.Other.example.
@ TXT "two str" "ings"
@ CAA 0 issue "ca.example"
@ 3600 TXT "v=spf1 -all"
ns1 A 127.0.0.1
www CNAME @
*.wild A 192.0.2.2
odd TYPE65280 \\# 4 0a0b0c0d
"""
_MANY = "".join(f"host{n} A 198.51.100.{n % 250}\n" for n in range(9_988))


def content(snapshot: Snapshot) -> set[tuple[str, ...]]:
    """Record by record, as they are stored; the serial moves by itself where a server signs."""
    return {
        (r.name, r.type, r.value, str(r.ttl), r.id) for r in snapshot.records if r.type != "SOA"
    }


@dataclass
class DnsServer:
    """A running server."""

    kind: str
    port: int
    fresh: Iterator[str] = field(repr=False)

    def take(self) -> str:
        """A zone that no test has touched."""
        return next(self.fresh)

    def keys(self, *zones: str, **other: str) -> dict[str, str]:
        """What an account enters."""
        asked = {
            "server": f"127.0.0.1:{self.port}",
            "zones": " ".join(zones),
            "key_name": "portal",
            "algorithm": "hmac-sha256",
            "secret": SECRET,
        }
        return {**asked, **other}

    def open(
        self,
        *zones: str,
        private_addresses: bool = True,
        timeout: tuple[float, float] = (5.0, 30.0),
        **other: str,
    ) -> ZoneProvider:
        """The provider; `other` keys than the good ones."""
        keys = self.keys(*zones, **other)
        return connect("rfc2136", keys, private_addresses=private_addresses, timeout=timeout)

    def ask(self, name: str, kind: str) -> dns.message.Message:
        """Without a key, as the world asks."""
        return self._ask(dns.message.make_query(name + ".", kind))

    def ask_signed(self, name: str, kind: str) -> dns.message.Message:
        """With its signatures."""
        return self._ask(dns.message.make_query(name + ".", kind, want_dnssec=True))

    def _ask(self, query: dns.message.Message) -> dns.message.Message:
        return dns.query.tcp(query, "127.0.0.1", timeout=5, port=self.port)


@contextmanager
def started(kind: str, folder: Path) -> Iterator[DnsServer]:
    """Serves when this is entered."""
    names = [f"zone{number}.test" for number in range(ZONES)]
    more = [FOREIGN] if kind == "signed_bind" else [FOREIGN, BIG]
    zones = {name: folder / f"{name}.zone" for name in (*names, *more)}
    for name, path in zones.items():
        path.write_text(_CONTENT + (_MANY if name == BIG else ""))
    setting = Setting(folder, free_port(), zones)
    name, *options = KINDS[kind](setting)
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [program(name) or name, *options],
            stdout=log,
            stderr=log,
            cwd=folder,
            preexec_fn=_dying_with_us,
        )
    server = DnsServer(kind, setting.port, iter(names))
    try:
        _wait_for(server, more[-1], process, folder / "log")
        yield server
    finally:
        stop(process, signal.SIGTERM, seconds=20)


def _dying_with_us() -> None:
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, int(signal.SIGKILL), 0, 0, 0)


def _wait_for(server: DnsServer, zone: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and process.poll() is None:
        try:
            if server.ask(zone, "SOA").flags & dns.flags.AA:
                return
        except (OSError, EOFError, dns.exception.DNSException):
            pass
        time.sleep(0.05)
    raise AssertionError(f"{server.kind} does not serve:\n{log.read_text()[-4000:]}")
