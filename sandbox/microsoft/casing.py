"""Requests come in PascalCase or camelCase, with nulls or without; answers are camelCase."""

from typing import Any


def camel(value: Any) -> Any:
    """The same JSON with camelCase members, and without those that are null."""
    if isinstance(value, dict):
        kept = {name: item for name, item in value.items() if item is not None}
        return {_lower(name): camel(item) for name, item in kept.items()}
    if isinstance(value, list):
        return [camel(item) for item in value]
    return value


def _lower(name: str) -> str:
    return name[:1].lower() + name[1:]


def text(body: dict[str, Any], name: str) -> str:
    """A member as text without spaces around it; empty when it is missing."""
    value = body.get(name, "")
    return value.strip() if isinstance(value, str) else str(value)


def pascal(value: Any) -> Any:
    """The same JSON with PascalCase members, as webhooks and audit records have them."""
    if isinstance(value, dict):
        return {name[:1].upper() + name[1:]: pascal(item) for name, item in value.items()}
    return [pascal(item) for item in value] if isinstance(value, list) else value
