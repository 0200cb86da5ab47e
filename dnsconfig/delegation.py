"""Does the domain really use the zone's servers? (row S13) Pure."""

from collections.abc import Iterable
from typing import Any

from dnsconfig.resolver import Delegation


def problem(
    *,
    zone: str,
    found: Delegation | None,
    servers: Iterable[str],
    held: Iterable[str] = (),
) -> dict[str, Any] | None:
    """None when the parent delegates to the provider's servers and to no others.

    Else a refusal with the servers that must be set at the registrar. `held`: the account's zones
    at this host; one of them above `zone` may be the one that is served.
    """
    wanted = sorted(servers)
    named = [] if found is None or found.zone != zone else [s.name for s in found.servers]
    if set(named) == set(wanted):
        return None
    if found is not None and found.zone != zone and found.zone in held:
        return {"code": "inside", "zone": zone, "served": found.zone, "set": wanted}
    if not named:
        code = "undelegated"
    elif set(named) & set(wanted):
        code = "split"
    else:
        code = "elsewhere"
    return {"code": code, "zone": zone, "set": wanted, "found": sorted(named)}
