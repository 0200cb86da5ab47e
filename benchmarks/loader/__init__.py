"""Fills an empty database with as many resellers, services and subscriptions as one may have.

Every row is made from its number and a seed, so that two databases hold the same.
"""

import time

from benchmarks.loader.size import PASSWORD, Size

__all__ = ["PASSWORD", "Size", "load"]


def load(size: Size | None = None) -> float:
    """Seconds it took. The database is migrated and empty, or `RuntimeError` is raised."""
    from django.db import connection, transaction

    from accounts.models import Account
    from benchmarks.loader import history, people, services, shop, store

    if Account.objects.exists():
        raise RuntimeError("This database has resellers already: load into an empty one.")
    begin, size = time.perf_counter(), size or Size()
    with transaction.atomic():
        for make in (people, shop, services, history):
            for model, rows in make.tables(size):
                store.keep(model, rows)
        store.reset_sequences()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return time.perf_counter() - begin
