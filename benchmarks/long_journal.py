"""What the sweep's question for due work costs when a million operations are done."""

import time

DONE, TODO = 1_000_000, 1_000


def measure() -> str:
    """A sentence. The rows are made and taken back in one transaction."""
    from django.db import transaction
    from django.utils.timezone import now

    from journal.models import Operation

    with transaction.atomic():
        _fill()
        due = Operation.objects.due(now()).order_by("pk")
        plan = due.explain()
        begin = time.perf_counter()
        found = len(due.values_list("pk", flat=True))
        seconds = time.perf_counter() - begin
        transaction.set_rollback(True)
    used = "uses" if "operation_open" in plan else "does not use"
    return (
        f"Beside {DONE:,} operations that are done, the sweep finds {found:,} due ones in"
        f" {seconds * 1000:.0f} ms; it {used} the partial index of those to do."
    )


def _fill() -> None:
    """By PostgreSQL itself, from one row that Django has made."""
    from django.db import connection

    from journal.models import Operation

    model = Operation.objects.create(kind="partner.check_all", subject="model", state="done")
    names = [
        field.column
        for field in Operation._meta.concrete_fields
        if field.name not in ("id", "subject", "state", "once")
    ]
    columns = ", ".join(f'"{name}"' for name in names)
    table = Operation._meta.db_table
    with connection.cursor() as cursor:
        for state, count in (("done", DONE), ("todo", TODO)):
            cursor.execute(
                f"INSERT INTO {table} (subject, state, {columns})"
                f" SELECT %s || n, %s, {columns} FROM {table}, generate_series(1, %s) AS n"
                f" WHERE id = %s",
                [f"{state}:", state, count, model.pk],
            )
        cursor.execute(f"ANALYZE {table}")
