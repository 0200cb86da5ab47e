"""One number for a domain. Pure."""

from collections.abc import Iterable

from dnsconfig.health.results import Health, Remembered

WEIGHTS = {
    "delegation": 20,
    "mx": 20,
    "spf": 15,
    "dnssec": 15,
    "servers": 10,
    "autodiscover": 5,
    "dkim": 5,
    "dmarc": 5,
    "federation": 5,
    "registration": 5,
    "enrollment": 5,
    "msoid": 5,
}
"""What a check counts among those that apply to a domain: first whether mail arrives and is
believed, then what people meet in programs. `docs/health.md` explains them."""

SHARES = {Health.OK: 1.0, Health.WARNING: 0.5, Health.FAILED: 0.0}


def score(remembered: Iterable[Remembered]) -> int | None:
    """0 to 100; None while nothing is known.

    A check that could not be told counts as when it was last known, and not at all before.
    """
    counted = [one for one in remembered if one.counted is not Health.UNKNOWN]
    whole = sum(WEIGHTS[one.result.check] for one in counted)
    good = sum(WEIGHTS[one.result.check] * SHARES[one.counted] for one in counted)
    return round(100 * good / whole) if counted else None
