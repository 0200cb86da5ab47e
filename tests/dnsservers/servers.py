"""BIND, Knot and PowerDNS as processes of the tests, on a free port of loopback.

Each holds zones of the same content (`zones`), opened by the key `portal.`; a test takes a fresh
one with `take()`. The servers end with the fixture, and die with the test run when it is killed.
"""

import ctypes
import os
import shutil
import signal
import sqlite3
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import dns.exception
import dns.flags
import dns.message
import dns.query

from dnsconfig.providers import ZoneProvider, connect
from dnsconfig.records import Snapshot
from reseller_portal.launcher.engines import free_port, stop

SECRET = "dGhlIHRlc3RzJyBvd24gc2VjcmV0LCAzMiBieXRlcyE="
OTHER_SECRET = "YW5vdGhlciBzZWNyZXQgdGhhdCBub2JvZHkga25vd3M="
ZONES = 80
"""Zones that a server holds."""
FOREIGN = "foreign.test"
"""Held by the server, but opened by another key only."""
BIG = "big.test"
"""10,000 records; not where all of them would have to be signed first."""

_PR_SET_PDEATHSIG = 1
_PATH = os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin", "/sbin"])
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
_MANY = "".join(
    f"host{number} A 198.51.100.{number % 250}\n"
    for number in range(10_000 - len(_CONTENT.split("\n")) + 2)
)


def content(snapshot: Snapshot) -> set[tuple[str, ...]]:
    """Record by record, as they are stored; the serial moves by itself where a server signs."""
    return {
        (r.name, r.type, r.value, str(r.ttl), r.id) for r in snapshot.records if r.type != "SOA"
    }


@dataclass(frozen=True)
class Setting:
    """What a server is started with."""

    folder: Path
    port: int
    zones: dict[str, Path]

    def write(self, name: str, text: str) -> Path:
        path = self.folder / name
        path.write_text(text)
        return path


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


def bind(setting: Setting, *, of_zone: str = "") -> list[str]:
    """`of_zone`: further statements of each zone."""
    folder = setting.folder
    zones = "".join(
        f'zone "{name}" {{ type primary; file "{path}"; {of_zone} '
        f"update-policy {{ grant {_bind_key(name)} zonesub ANY; }}; "
        f"allow-transfer {{ key {_bind_key(name)}; }}; }};\n"
        for name, path in setting.zones.items()
    )
    conf = setting.write(
        "named.conf",
        f'key "portal." {{ algorithm hmac-sha256; secret "{SECRET}"; }};\n'
        f'key "other." {{ algorithm hmac-sha256; secret "{OTHER_SECRET}"; }};\n'
        "options {\n"
        f'  directory "{folder}"; pid-file "{folder}/named.pid";\n'
        f'  session-keyfile "{folder}/session.key"; lock-file none;\n'
        f"  listen-on port {setting.port} {{ 127.0.0.1; }}; listen-on-v6 {{ none; }};\n"
        "  recursion no; dnssec-validation no; empty-zones-enable no;\n"
        "  allow-query { 127.0.0.1; }; notify no;\n"
        "};\n"
        f"controls {{ }};\n{zones}",
    )
    return ["named", "-g", "-n", "1", "-c", str(conf)]


def signed_bind(setting: Setting) -> list[str]:
    return bind(setting, of_zone="dnssec-policy default;")


def knot(setting: Setting) -> list[str]:
    folder = setting.folder
    (folder / "db").mkdir()
    zones = "".join(
        f'  - domain: {name}.\n    file: "{path}"\n'
        f"    acl: {'other_acl' if name == FOREIGN else 'portal_acl'}\n"
        for name, path in setting.zones.items()
    )
    conf = setting.write(
        "knot.conf",
        f'server:\n    rundir: "{folder}"\n    listen: 127.0.0.1@{setting.port}\n'
        "    tcp-workers: 4\n    udp-workers: 1\n    background-workers: 1\n"
        f'database:\n    storage: "{folder}/db"\n'
        + "key:\n"
        + "".join(
            f"  - id: {name}.\n    algorithm: hmac-sha256\n    secret: {secret}\n"
            for name, secret in (("portal", SECRET), ("other", OTHER_SECRET))
        )
        + "acl:\n"
        + "".join(
            f"  - id: {name}_acl\n    key: {name}.\n    address: 127.0.0.1\n"
            "    action: [update, transfer]\n"
            for name in ("portal", "other")
        )
        + f'template:\n  - id: default\n    storage: "{folder}"\n    semantic-checks: on\n'
        "    zonefile-sync: -1\n    zonefile-load: whole\n    journal-content: changes\n"
        f"zone:\n{zones}",
    )
    return ["knotd", "-c", str(conf)]


def powerdns(setting: Setting) -> list[str]:
    folder = setting.folder
    database = folder / "pdns.sqlite3"
    with closing(sqlite3.connect(database)) as connection:
        connection.executescript(_PDNS_SCHEMA.read_text())
    setting.write(
        "pdns.conf",
        f"launch=gsqlite3\ngsqlite3-database={database}\ngsqlite3-dnssec=yes\n"
        "gsqlite3-pragma-synchronous=0\n"
        f"local-address=127.0.0.1\nlocal-port={setting.port}\nsocket-dir={folder}\n"
        "dnsupdate=yes\nallow-dnsupdate-from=127.0.0.0/8\nallow-axfr-ips=\n"
        "daemon=no\nguardian=no\n",
    )
    pdnsutil = ["pdnsutil", f"--config-dir={folder}"]
    for name, secret in (("portal", SECRET), ("other", OTHER_SECRET)):
        _run([*pdnsutil, "import-tsig-key", name, "hmac-sha256", secret])
    for name, path in setting.zones.items():
        _run([*pdnsutil, "load-zone", name, str(path)])
    with closing(sqlite3.connect(database)) as connection, connection:
        for kind, value in (
            ("TSIG-ALLOW-DNSUPDATE", "iif(name = :foreign, 'other', 'portal')"),
            ("TSIG-ALLOW-AXFR", "iif(name = :foreign, 'other', 'portal')"),
            ("SOA-EDIT-DNSUPDATE", "'INCREASE'"),
        ):
            connection.execute(
                "INSERT INTO domainmetadata (domain_id, kind, content) "
                f"SELECT id, '{kind}', {value} FROM domains",
                {"foreign": FOREIGN},
            )
    return ["pdns_server", f"--config-dir={folder}"]


KINDS: dict[str, Callable[[Setting], list[str]]] = {
    "bind": bind,
    "signed_bind": signed_bind,
    "knot": knot,
    "powerdns": powerdns,
}
PACKAGES = {
    "bind": "bind9",
    "signed_bind": "bind9",
    "knot": "knot",
    "powerdns": "pdns-server pdns-backend-sqlite3",
}
_NEEDED = {
    "bind": ("named",),
    "signed_bind": ("named",),
    "knot": ("knotd",),
    "powerdns": ("pdns_server", "pdnsutil"),
}
_PDNS_SCHEMA = Path("/usr/share/pdns-backend-sqlite3/schema/schema.sqlite3.sql")


def is_installed(kind: str) -> bool:
    needs_schema = kind == "powerdns"
    return all(map(_program, _NEEDED[kind])) and (not needs_schema or _PDNS_SCHEMA.exists())


@contextmanager
def started(kind: str, folder: Path) -> Iterator[DnsServer]:
    """Serves when this is entered."""
    names = [f"zone{number}.test" for number in range(ZONES)]
    more = [FOREIGN] if kind == "signed_bind" else [FOREIGN, BIG]
    zones = {name: folder / f"{name}.zone" for name in (*names, *more)}
    for name, path in zones.items():
        path.write_text(_CONTENT + (_MANY if name == BIG else ""))
    setting = Setting(folder, free_port(), zones)
    command = KINDS[kind](setting)
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            _found(command), stdout=log, stderr=log, cwd=folder, preexec_fn=_dying_with_us
        )
    server = DnsServer(kind, setting.port, iter(names))
    try:
        _wait_for(server, more[-1], process, folder / "log")
        yield server
    finally:
        stop(process, signal.SIGTERM, seconds=20)


def _program(name: str) -> str | None:
    return shutil.which(name, path=_PATH)


def _run(command: list[str]) -> None:
    subprocess.run(_found(command), check=True, capture_output=True, timeout=60)


def _found(command: list[str]) -> list[str]:
    return [_program(command[0]) or command[0], *command[1:]]


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


def _bind_key(zone: str) -> str:
    return "other." if zone == FOREIGN else "portal."
