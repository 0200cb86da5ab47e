"""What each server needs to serve some zones on a port; the commands that start them."""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

SECRET = "dGhlIHRlc3RzJyBvd24gc2VjcmV0LCAzMiBieXRlcyE="
OTHER_SECRET = "YW5vdGhlciBzZWNyZXQgdGhhdCBub2JvZHkga25vd3M="
READER = {"key_name": "reader", "secret": OTHER_SECRET}
"""A key that may transfer all zones, and update none."""
FOREIGN = "foreign.test"
"""Opened by another key than the other zones."""

_KEYS = {"portal": SECRET, "other": OTHER_SECRET, "reader": OTHER_SECRET}
_PATH = os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin", "/sbin"])
_PDNS_SCHEMA = Path("/usr/share/pdns-backend-sqlite3/schema/schema.sqlite3.sql")


@dataclass(frozen=True)
class Setting:
    """`zones`: each with its file."""

    folder: Path
    port: int
    zones: dict[str, Path]

    def write(self, name: str, *parts: str) -> Path:
        path = self.folder / name
        path.write_text("".join(parts))
        return path


def program(name: str) -> str | None:
    return shutil.which(name, path=_PATH)


def bind(setting: Setting, *, of_zone: str = "") -> list[str]:
    """`of_zone`: further statements of each zone."""
    folder = setting.folder
    keys = (
        f'key "{name}." {{ algorithm hmac-sha256; secret "{secret}"; }};\n'
        for name, secret in _KEYS.items()
    )
    zones = (
        f'zone "{name}" {{ type primary; file "{path}"; {of_zone} '
        f"update-policy {{ grant {_writer(name)}. zonesub ANY; }}; "
        f"allow-transfer {{ key {_writer(name)}.; key reader.; }}; }};\n"
        for name, path in setting.zones.items()
    )
    options = f"""\
options {{
  directory "{folder}"; pid-file "{folder}/named.pid";
  session-keyfile "{folder}/session.key"; lock-file none;
  listen-on port {setting.port} {{ 127.0.0.1; }}; listen-on-v6 {{ none; }};
  recursion no; dnssec-validation no; empty-zones-enable no; notify no;
  allow-query {{ 127.0.0.1; }};
}};
controls {{ }};
"""
    conf = setting.write("named.conf", *keys, options, *zones)
    return ["named", "-g", "-n", "1", "-c", str(conf)]


def signed_bind(setting: Setting) -> list[str]:
    return bind(setting, of_zone="dnssec-policy default;")


def knot(setting: Setting) -> list[str]:
    """Without the folder `db` it answers every update with SERVFAIL."""
    folder = setting.folder
    (folder / "db").mkdir()
    keys = (
        f"  - id: {name}.\n    algorithm: hmac-sha256\n    secret: {secret}\n"
        for name, secret in _KEYS.items()
    )
    rules = (
        f"  - id: {name}\n    key: {name}.\n    address: 127.0.0.1\n    action: [{actions}]\n"
        for name, actions in (
            ("portal", "update, transfer"),
            ("other", "update, transfer"),
            ("reader", "transfer"),
        )
    )
    zones = (
        f'  - domain: {name}.\n    file: "{path}"\n    acl: [{_writer(name)}, reader]\n'
        for name, path in setting.zones.items()
    )
    server = f"""\
server:
    rundir: "{folder}"
    listen: 127.0.0.1@{setting.port}
    tcp-workers: 4
    udp-workers: 1
    background-workers: 1
database:
    storage: "{folder}/db"
template:
  - id: default
    storage: "{folder}"
    semantic-checks: on
    zonefile-sync: -1
    zonefile-load: whole
    journal-content: changes
"""
    conf = setting.write("knot.conf", server, "key:\n", *keys, "acl:\n", *rules, "zone:\n", *zones)
    return ["knotd", "-c", str(conf)]


def powerdns(setting: Setting) -> list[str]:
    folder = setting.folder
    database = folder / "pdns.sqlite3"
    conf = f"""\
launch=gsqlite3
gsqlite3-database={database}
gsqlite3-dnssec=yes
gsqlite3-pragma-synchronous=0
local-address=127.0.0.1
local-port={setting.port}
socket-dir={folder}
dnsupdate=yes
allow-dnsupdate-from=127.0.0.0/8
allow-axfr-ips=
daemon=no
guardian=no
"""
    setting.write("pdns.conf", conf)
    with closing(sqlite3.connect(database)) as connection:
        connection.executescript(_PDNS_SCHEMA.read_text())
    for name, secret in _KEYS.items():
        _pdnsutil(folder, "import-tsig-key", name, "hmac-sha256", secret)
    for name, path in setting.zones.items():
        _pdnsutil(folder, "load-zone", name, str(path))
    with closing(sqlite3.connect(database)) as connection, connection:
        writer = f"iif(name = '{FOREIGN}', 'other', 'portal')"
        for kind, value in (
            ("TSIG-ALLOW-DNSUPDATE", writer),
            ("TSIG-ALLOW-AXFR", writer),
            ("TSIG-ALLOW-AXFR", "'reader'"),
            ("SOA-EDIT-DNSUPDATE", "'INCREASE'"),
        ):
            connection.execute(
                "INSERT INTO domainmetadata (domain_id, kind, content) "
                f"SELECT id, '{kind}', {value} FROM domains"
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
_PROGRAMS = {
    "bind": ["named"],
    "signed_bind": ["named"],
    "knot": ["knotd"],
    "powerdns": ["pdns_server", "pdnsutil"],
}


def is_installed(kind: str) -> bool:
    has_schema = kind != "powerdns" or _PDNS_SCHEMA.exists()
    return has_schema and all(map(program, _PROGRAMS[kind]))


def _writer(zone: str) -> str:
    return "other" if zone == FOREIGN else "portal"


def _pdnsutil(folder: Path, *words: str) -> None:
    command = [program("pdnsutil") or "pdnsutil", f"--config-dir={folder}", *words]
    subprocess.run(command, check=True, capture_output=True, timeout=60)
