"""pyspf, fed with a made-up DNS: what receivers decide about a sender."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from unittest.mock import patch

import spf as pyspf

Zone = Mapping[tuple[str, str], Sequence[object]]
"""(name, type) → values: a text for TXT, an address for A, (preference, host) for MX."""


@contextmanager
def dns(zone: Zone) -> Iterator[None]:
    """pyspf asks `zone`, and nothing else, as long as this lasts."""

    def look_up(name: str, kind: str, *_: object) -> list[tuple[tuple[str, str], object]]:
        values = zone.get((name.lower().rstrip("."), kind), ())
        return [((name, kind), (str(v).encode(),) if kind == "TXT" else v) for v in values]

    with patch.object(pyspf, "DNSLookup", look_up):
        yield


def evaluate(text: str, sender: str, domain: str, zone: Zone) -> tuple[str, int]:
    """The result for a sender's address, and the look-ups that it took."""
    query = pyspf.query(i=sender, s=f"someone@{domain}", h=f"mail.{domain}")
    with dns({**zone, (domain, "TXT"): [text]}):
        result, _code, _why = query.check()
    return result, query.lookups


def is_valid(text: str) -> bool:
    """Whether pyspf finds no syntax error: all is read before the first term, ours, lets pass."""
    started = text[:6] + " ip4:203.0.113.9" + text[6:]
    return evaluate(started, "203.0.113.9", "sender.example", {})[0] == "pass"
