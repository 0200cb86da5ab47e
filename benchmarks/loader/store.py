"""Rows into tables, quickly: by COPY, for Django spends longer on INSERT than PostgreSQL does."""

import json
from collections.abc import Iterable
from io import StringIO
from itertools import chain, islice
from typing import Any

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.core.management.color import no_style
from django.db import connection, models

from common.fields import EncryptedJSONField

BATCH = 5_000
ESCAPED = str.maketrans({"\\": r"\\", "\t": r"\t", "\n": r"\n", "\r": r"\r"})


def keep(model: type[models.Model], rows: Iterable[models.Model]) -> None:
    """All in one table, with the numbers they have, or else with those of its sequence."""
    left = iter(rows)
    first = next(left, None)
    if first is None:
        return
    fields = [
        field
        for field in model._meta.concrete_fields
        if not field.generated and (first.pk or not field.primary_key)
    ]
    quote = connection.ops.quote_name
    columns = ", ".join(quote(str(field.column)) for field in fields)
    copy = f"COPY {quote(model._meta.db_table)} ({columns}) FROM STDIN"
    left = chain([first], left)
    with connection.cursor() as cursor:
        while some := list(islice(left, BATCH)):
            cursor.copy_expert(copy, StringIO("".join(_line(row, fields) for row in some)))


def reset_sequences() -> None:
    """What is made from now on gets numbers after those of the loader."""
    every: list[Any] = list(apps.get_models())
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), every):
            cursor.execute(statement)


def _line(row: models.Model, fields: list[Any]) -> str:
    return "\t".join(_text(field, field.pre_save(row, add=True)) for field in fields) + "\n"


def _text(field: Any, value: Any) -> str:
    if value is None:
        return r"\N"
    if isinstance(field, models.JSONField):
        value = json.dumps(value, cls=field.encoder)
    elif isinstance(field, EncryptedJSONField):
        value = r"\x" + field.get_prep_value(value).hex()
    elif isinstance(field, ArrayField):
        value = "{" + ",".join(map(str, value)) + "}"
    return str(value).translate(ESCAPED)
