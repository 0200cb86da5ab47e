"""A zone that a real BIND has signed validates, and stops to when its parent's DS is another's."""

from pathlib import Path

import pytest

from dnsconfig.looking import look
from dnsconfig.resolver import Resolver
from dnsconfig.signatures import Broken, Chain
from tests.dnsconfig import signed_bind
from tests.dnsconfig.dns_net import by_zone, delegate, serve, silent
from tests.dnsconfig.signed import Key
from tests.dnsconfig.test_looking import MAIL, PROOF, ZONE, lines

pytestmark = [
    pytest.mark.full,
    pytest.mark.skipif(not signed_bind.NAMED, reason="BIND is not installed"),
]
ROOT, SERVER = "127.0.0.2", "127.0.0.1"  # BIND listens only where an interface is


def test_41_42_a_zone_signed_by_bind(tmp_path: Path) -> None:
    text = "\n".join([*lines(MAIL, PROOF), ""])
    with serve({ROOT: silent}) as net:
        running = signed_bind.running(tmp_path, address=SERVER, port=net.port, zone=ZONE, text=text)
        with running as ds:
            resolver = Resolver([ROOT], port=net.port)
            net.hosts[ROOT] = by_zone(
                acme_example=delegate(f"{ZONE}.", ds, ns1_host_example=SERVER)
            )
            seen = look(ZONE, [MAIL, PROOF], resolver=resolver)
            assert (seen.dnssec, seen.broken) == (Chain.SIGNED, None)
            assert seen.published_on == (1, 1)

            net.hosts[ROOT] = by_zone(
                acme_example=delegate(f"{ZONE}.", Key().ds(ZONE), ns1_host_example=SERVER)
            )
            seen = look(ZONE, [MAIL, PROOF], resolver=resolver)
            assert (seen.dnssec, seen.broken) == (Chain.BOGUS, Broken.NO_KEY)
            assert seen.published_on == (1, 1)
