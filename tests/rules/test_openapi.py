"""The schema of the REST API: whole, valid OpenAPI 3.1, made without a warning; its page opens."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLResolver, get_resolver
from drf_spectacular.drainage import GENERATOR_STATS
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.validation import validate_schema

METHODS = {"get", "post", "put", "patch", "delete"}


@pytest.fixture
def schema() -> Any:
    """The schema as a caller without a token gets it."""
    GENERATOR_STATS.reset()
    return SchemaGenerator().get_schema(request=None, public=True)  # type: ignore[no-untyped-call]


def test_it_is_made_without_warnings(schema: Any, capsys: pytest.CaptureFixture[str]) -> None:
    told = capsys.readouterr().err
    assert not GENERATOR_STATS, told


def test_it_is_valid_openapi_3_1(schema: Any) -> None:
    assert schema["openapi"].startswith("3.1")
    validate_schema(schema)  # type: ignore[no-untyped-call]


def test_every_route_of_the_api_is_in_it(schema: Any) -> None:
    told = {re.sub(r"{[^}]+}", "*", path) for path in schema["paths"]}
    routes = {re.sub(r"<[^>]+>", "*", path) for path in addresses(get_resolver().url_patterns)}
    assert {path for path in routes if path.startswith("/api/v1/")} == told


def addresses(patterns: list[Any], above: str = "/") -> Iterator[str]:
    """Every address of the portal, its arguments as they are declared."""
    for pattern in patterns:
        here = above + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns, here)
        else:
            yield here


def test_every_call_says_what_it_answers_and_who_may(schema: Any) -> None:
    for path, calls in schema["paths"].items():
        for method in METHODS & set(calls):
            call = calls[method]
            assert call["responses"], (method, path)
            assert call["security"] == [{"token": []}], (method, path)
            assert call.get("description"), (method, path)


def test_anybody_may_read_it(db: None, client: Client) -> None:
    answer = client.get("/api/schema/", {"format": "json"})
    assert answer.status_code == 200
    assert answer.json()["openapi"].startswith("3.1")


def test_its_page_opens_with_nothing_from_elsewhere(db: None, client: Client) -> None:
    page = client.get("/api/docs/")
    assert page.status_code == 200
    html = page.content.decode()
    assert not re.search(r"<script(?![^>]*\ssrc=)", html)
    assert not re.search(r"(src|href)=.https?://", html)
    policy = page.headers["Content-Security-Policy"]
    rules = dict(rule.split(" ", 1) for rule in policy.split("; ") if " " in rule)
    assert rules["default-src"] == "'self'"
    assert "script-src" not in rules
    assert "'unsafe-inline'" in rules["style-src"]
    script = client.get("/api/docs/", {"script": ""})
    assert script.status_code == 200
    assert "SwaggerUIBundle" in script.content.decode()
