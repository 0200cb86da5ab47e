"""A real BIND that signs one zone by itself, on loopback."""

import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import dns.dnssec
import dns.exception
import dns.message
import dns.query

NAMED = shutil.which("named") or ("/usr/sbin/named" if Path("/usr/sbin/named").exists() else "")
CONFIG = """
options {{
  directory "{folder}"; pid-file "{folder}/named.pid"; session-keyfile "{folder}/session.key";
  listen-on port {port} {{ {address}; }}; listen-on-v6 {{ none; }};
  recursion no; dnssec-validation no; empty-zones-enable no; allow-query {{ 127.0.0.0/8; }};
}};
controls {{ }};
zone "{zone}" {{
  type primary; file "zone.db"; dnssec-policy default; inline-signing yes;
  key-directory "{folder}";
}};
"""
PATIENCE = 60
"""Seconds; only a guard against hanging."""


@contextmanager
def running(folder: Path, *, address: str, port: int, zone: str, text: str) -> Iterator[str]:
    """Serves the zone, signed; yields the DS that belongs at its parent."""
    (folder / "zone.db").write_text(text)
    config = folder / "named.conf"
    config.write_text(CONFIG.format(folder=folder, address=address, port=port, zone=zone))
    process = subprocess.Popen(
        [NAMED, "-g", "-c", str(config)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        yield _ds(address, port, zone)
    finally:
        process.terminate()
        process.wait(PATIENCE)


def _ds(address: str, port: int, zone: str) -> str:
    """As soon as the zone is signed."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        query = dns.message.make_query(zone, "DNSKEY", want_dnssec=True)
        try:
            reply = dns.query.tcp(query, address, timeout=2, port=port)
        except (dns.exception.DNSException, OSError):
            time.sleep(0.1)
            continue
        for rrset in reply.answer:
            for key in rrset:
                if getattr(key, "flags", 0) & 1 and len(reply.answer) > 1:
                    return dns.dnssec.make_ds(f"{zone}.", key, "SHA256").to_text()
        time.sleep(0.1)
    raise TimeoutError("BIND has not signed the zone")
