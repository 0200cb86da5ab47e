"""A thousand random journeys through portal and sandbox; a bare client makes as many calls."""

import sys
import time
from dataclasses import dataclass

import httpx

from benchmarks import ROUNDS_JOURNEYS


@dataclass(frozen=True)
class Journeys:
    """What a thousand of them have shown; seconds are those of one."""

    journeys: int
    violations: int
    calls: int
    seconds: float
    floor: float


def measure() -> Journeys:
    """Both worlds in this process; the violations are told on standard error."""
    from tests.journeys.walk import Violation, walk

    walk(0)  # the catalogue is fetched once
    calls, violations, begin = 0, 0, time.perf_counter()
    for seed in range(ROUNDS_JOURNEYS):
        try:
            calls += walk(seed).calls
        except Violation as violation:
            violations += 1
            print(violation, file=sys.stderr, flush=True)
    seconds = time.perf_counter() - begin
    floor = _bare(calls)
    count = ROUNDS_JOURNEYS
    return Journeys(count, violations, calls, seconds / count, floor / count)


def _bare(calls: int) -> float:
    """Seconds of so many reads of a profile."""
    from sandbox.app import create_app
    from sandbox.microsoft.tokens import PARTNER_CENTER, issue
    from sandbox.world import World
    from tests.sandbox_fixture import MICROSOFT, ORIGIN

    world = World()
    world.limits.set(per_minute=10**9, per_customer=10**9, window=60)
    transport = httpx.WSGITransport(app=create_app(world))  # type: ignore[arg-type]
    token = issue(
        tenant=MICROSOFT["tenant_id"],
        application=MICROSOFT["client_id"],
        audience=PARTNER_CENTER,
        user="bench@contoso-provider.onmicrosoft.com",
    )
    headers = {"Authorization": f"Bearer {token}"}
    with httpx.Client(transport=transport, base_url=ORIGIN, headers=headers) as client:
        begin = time.perf_counter()
        for _call in range(calls):
            client.get("/v1/profiles/mpn").raise_for_status()
        return time.perf_counter() - begin
