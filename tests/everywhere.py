"""Looks for a value in every column of every table, also where it is encrypted."""

import json
from typing import Any

from django.apps import apps

from common.fields import EncryptedJSONField


def where(*values: str) -> set[str]:
    """`table.column` of each place that holds one of the values, whatever the case."""
    wanted = [value.lower() for value in values]
    found = set()
    for model in apps.get_models():
        for column in model._meta.concrete_fields:
            rows = model._default_manager.values_list(column.name, flat=True)
            if any(_holds(value, wanted) for value in rows):
                found.add(f"{model._meta.label}.{column.name}")
    return found


def _holds(value: Any, wanted: list[str]) -> bool:
    text = value if isinstance(value, str) else json.dumps(value, default=str, ensure_ascii=False)
    if isinstance(value, bytes | memoryview):
        text = bytes(value).decode("utf-8", "replace")
    return any(each in text.lower() for each in wanted)


def sealed_columns() -> set[str]:
    """Those that the search has to open; it does when they are read."""
    return {
        f"{model._meta.label}.{column.name}"
        for model in apps.get_models()
        for column in model._meta.concrete_fields
        if isinstance(column, EncryptedJSONField)
    }
