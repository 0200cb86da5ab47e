"""`make bench`: figures to grow from, each a ratio to a floor of the same run.

1. p95 of the service page with 200 subscriptions / p95 of an empty Django view, same server.
2. the portal's own time per order (sandbox delays at zero) / a bare httpx client making the
   same calls.
3. a full sweep that keeps 1,000 tenants in step / a bare httpx client making the same calls;
   the calls of a sweep, and of a look at the audit when nothing was changed.
4. the second start of an installation / a fresh interpreter that sets Django up.
5. a thousand random journeys: violations (none), and one journey / its number of bare calls.
6. the plan for a zone of 10,000 records at OVH / its bare export, and the calls it takes; one
   change of a zone of 300 records / the same by octodns and by lexicon, with 50 ms per call
   (lexicon shows no plan, reads nothing back, and has every record served on its own).
7. with 2,000 resellers, 20,000 tenants and 100,000 subscriptions: the p95 of every page / that of
   an empty view, and how it has grown since a tenth of them, to docs/performance.md; the sweep of
   a long journal.

`python -m benchmarks load --into DATABASE_URL` loads them to be tried by hand, with the settings
of the environment (`. .portal/environment`); `--tenants` and `--accounts` make it smaller.
`python -m benchmarks pages` measures the pages of the database at DATABASE_URL.
"""

import argparse
import json
import os
from typing import Any


def tell(name: str, value: float, floor: float, **more: int) -> dict[str, Any]:
    row = {
        "figure": name,
        "ms": round(value * 1000, 2),
        "floor_ms": round(floor * 1000, 2),
        "ratio": round(value / floor, 2),
        **more,
    }
    print(json.dumps(row), flush=True)
    return row


def everything() -> None:
    from benchmarks import crowd, dns, journeys, order, reconcile, service_page, stand, start

    with stand.portal() as portal:
        # First: a journey looks at every row, and the other figures leave theirs behind.
        found = journeys.measure()
        counts = {"journeys": found.journeys, "violations": found.violations, "calls": found.calls}
        tell("one random journey, mean", found.seconds, found.floor, **counts)
        tell("service page, 200 subscriptions, p95", *service_page.measure(portal))
        tell("one order, median", *order.measure(portal))
        passes = reconcile.measure(portal)
        tell("full sweep of 1,000 tenants, 5,000 subscriptions", passes.sweep, passes.floor)
        print(json.dumps(passes._asdict()), flush=True)
        planned, exported = dns.plan_big(portal)
        name = "plan for a zone of 10,000 records at OVH, best"
        tell(name, planned.seconds, exported.seconds, calls=planned.calls)
        ours, *peers = dns.change_small(portal).items()
        for peer, took in peers:
            calls = {"calls": ours[1].calls, "floor_calls": took.calls}
            tell(f"one DNS change beside {peer}", ours[1].seconds, took.seconds, **calls)
        tell("second start, median", *start.measure())
        crowd.measure()


def load(into: str, accounts: int, tenants: int) -> None:
    os.environ |= {"DATABASE_URL": into, "DJANGO_SETTINGS_MODULE": "reseller_portal.settings"}
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    from benchmarks import loader

    size = loader.Size(accounts=accounts, tenants=tenants, big=tenants // 4)
    print(f"{tenants} tenants, {size.subscriptions} subscriptions: {loader.load(size):.0f} s")
    print(f"owner1@reseller.example and staff@portal.example, password “{loader.PASSWORD}”")


def main() -> None:
    asked = argparse.ArgumentParser(prog="python -m benchmarks")
    asked.add_argument("what", nargs="?", choices=["all", "load", "pages"], default="all")
    asked.add_argument("--into", help="DATABASE_URL of an empty database")
    asked.add_argument("--accounts", type=int, default=2_000)
    asked.add_argument("--tenants", type=int, default=20_000)
    given = asked.parse_args()
    if given.what == "load":
        load(given.into or os.environ["DATABASE_URL"], given.accounts, given.tenants)
    elif given.what == "pages":
        from benchmarks import crowd

        crowd.tell_pages()
    else:
        import tests.engines  # noqa: F401 - private engines, before Django reads its settings

        everything()


if __name__ == "__main__":
    main()
