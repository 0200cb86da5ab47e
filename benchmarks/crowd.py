"""The portal with many resellers, beside the same with a tenth of them; kept in
docs/performance.md.

Each size has a database of its own and is measured by a process of its own.
"""

import json
import os
import subprocess
import sys
import time
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

SIZES = {"tenth": (200, 2_000), "whole": (2_000, 20_000)}
"""Accounts and tenants."""
LINEAR = 10
KEPT = Path("docs/performance.md")
SHOWN = 40


class Found(NamedTuple):
    """Milliseconds of the view that does nothing, and what each page costs."""

    floor: float
    costs: list[dict[str, Any]]
    loaded: float
    """Seconds that loading took."""
    measured: float
    """Seconds that measuring took."""

    def ratio(self, cost: dict[str, Any]) -> float:
        """Of a page's p95 to that of the view that does nothing, in the same run."""
        return float(cost["p95"]) * 1000 / self.floor


def measure() -> None:
    """Prints the dearest pages and writes docs/performance.md."""
    from benchmarks import long_journal

    told = {name: _of_size(name, *size) for name, size in SIZES.items()}
    text = report(told["whole"], told["tenth"], long_journal.measure())
    KEPT.write_text(text)
    print(text)


def tell_pages() -> None:
    """Of the database at DATABASE_URL, as JSON on standard output."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "reseller_portal.settings")
    import django

    django.setup()
    from benchmarks import pages

    costs, floor = pages.measure()
    print(json.dumps({"floor": floor * 1000, "costs": [asdict(cost) for cost in costs]}))


def report(whole: Found, tenth: Found, sweep: str) -> str:
    """Markdown: the dearest pages first."""
    before = {_key(cost): tenth.ratio(cost) for cost in tenth.costs}
    rows = [_row(cost, whole.ratio(cost), before.get(_key(cost))) for cost in whole.costs]
    steep = [
        f"`{cost['name']}` ({cost['who']})"
        for cost in whole.costs
        if _key(cost) in before and whole.ratio(cost) > LINEAR * before[_key(cost)]
    ]
    most = max(cost["queries"] for cost in whole.costs)
    return TEXT.format(
        day=f"{datetime.now(UTC):%Y-%m-%d}",
        cores=os.cpu_count(),
        floor=whole.floor,
        pages=len(rows),
        most=most,
        rows="\n".join(rows[:SHOWN]),
        shown=SHOWN,
        sweep=sweep,
        steep=f"These grew by more: {', '.join(steep)}." if steep else "None grew by more.",
        loaded=whole.loaded,
        measured=whole.measured + tenth.measured,
    )


def _key(cost: dict[str, Any]) -> tuple[str, str]:
    return cost["who"], cost["name"]


def _row(cost: dict[str, Any], ratio: float, before: float | None) -> str:
    median, slow = cost["median"] * 1000, cost["p95"] * 1000
    grown = f"{before:.1f} | {ratio / before:.1f}" if before else "– | –"
    return (
        f"| `{cost['name']}` | {cost['who']} | {cost['queries']} | {median:.0f} | {slow:.0f}"
        f" | {ratio:.1f} | {grown} |"
    )


def _of_size(name: str, accounts: int, tenants: int) -> Found:
    from reseller_portal.launcher.engines import ensure_database

    url = f"{os.environ['DATABASE_URL'].rpartition('/')[0]}/{name}"
    ensure_database(url)
    begin = time.perf_counter()
    _run(url, "load", "--into", url, "--accounts", str(accounts), "--tenants", str(tenants))
    loaded = time.perf_counter()
    told = json.loads(_run(url, "pages").splitlines()[-1])
    return Found(**told, loaded=loaded - begin, measured=time.perf_counter() - loaded)


def _run(url: str, *words: str) -> str:
    command = [sys.executable, "-W", "ignore", "-m", "benchmarks", *words]
    environ = os.environ | {"DATABASE_URL": url}
    done = subprocess.run(command, env=environ, check=True, stdout=subprocess.PIPE, text=True)
    return done.stdout


TEXT = """# How fast it is

Written by `make bench` on {day}, on a virtual machine with {cores} cores that other work shares.
PostgreSQL and Valkey run beside the portal. The database holds 2,000 resellers, 20,000 tenants
and 100,000 subscriptions with their orders, operations, events and domains. *big* is the owner of
a reseller with 5,000 tenants and 25,000 subscriptions, *small* that of one with eight tenants,
*staff* the provider. Every page is asked for in one process; a view that does nothing, behind the
same middleware, has a p95 of {floor:.1f} ms there, and *ratio* is a page's p95 divided by that.
*before* is the same ratio with a tenth of everything, beside an empty view of its own run, and
*grown* the one divided by the other: 10 is linear. {steep}

Loading took {loaded:.0f} s, measuring both sizes {measured:.0f} s. `make bench` repeats it;
`python -m benchmarks load --into DATABASE_URL` loads the same rows to be looked at by hand.

{pages} pages were measured. None of them makes more than {most} queries, and none of the
portal's own makes more of them with more rows (`tests/walk/test_queries.py`). These {shown} are
the dearest:

| page | who | queries | median, ms | p95, ms | ratio | before | grown |
| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |
{rows}

Files hold every row of the account (25,000 here); the lists make longer ones in the background.

## The journal

{sweep}
"""
