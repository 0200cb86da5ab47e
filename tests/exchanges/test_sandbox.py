"""Every printed exchange in the sandbox: the same status, headers, member names and types."""

import csv
import gzip
import io
import json
from functools import cache
from typing import Any

import pytest

from tests.exchanges.differences import (
    COLUMNS,
    DIFFERENT,
    DOCUMENTED,
    HEADERS,
    INSIDE,
    LEFT_OUT,
    NOT_PLAYED,
)
from tests.exchanges.examples import BOM, NEEDED, Exchange, exchanges
from tests.exchanges.scenes import SCENES
from tests.exchanges.shapes import invented, members, missing
from tests.exchanges.stage import Stage

pytestmark = NEEDED


@pytest.fixture(scope="module")
def stage() -> Stage:
    return Stage()


def played() -> list[Any]:
    return [pytest.param(x, id=x.id) for x in exchanges().values() if x.id in SCENES]


@cache
def printed_anywhere() -> frozenset[str]:
    return frozenset(each for x in exchanges().values() for each in members(x.answer))


def test_the_tables_name_every_exchange_once() -> None:
    assert sorted([*SCENES, *NOT_PLAYED]) == sorted(exchanges())
    assert {*HEADERS, *INSIDE, *DIFFERENT} <= set(SCENES)


@pytest.mark.parametrize("exchange", played())
def test_it_answers_as_printed(stage: Stage, exchange: Exchange) -> None:
    answer = SCENES[exchange.id](stage, exchange)
    body = plain(answer)
    headers = {name.lower() for name, _ in answer.headers}
    assert exchange.lower_headers - headers - set(LEFT_OUT) == HEADERS.get(exchange.id, set())
    if exchange.mark is not None:
        assert body.startswith(BOM) is exchange.mark
    if isinstance(exchange.answer, dict) and "csv" in exchange.answer:
        printed = columns(exchange.answer["csv"].encode())
        assert [name for name in columns(body) if name not in COLUMNS] == printed
        return
    shown = json.loads(body.decode("utf-8-sig")) if body.strip() else None
    inside = shown[INSIDE[exchange.id][0]][0] if exchange.id in INSIDE else shown
    found = set(missing(exchange.answer, inside))
    if answer.status_code != exchange.status:
        found.add(f"status {answer.status_code}")
    if exchange.status >= 400 and shown and shown.get("code") != exchange.answer.get("code"):
        found.add(f"code {shown['code']}")
    assert found == set(DIFFERENT.get(exchange.id, ()))
    assert set(invented(shown, printed_anywhere())) <= set(DOCUMENTED)


def plain(answer: Any) -> bytes:
    """The body, without its compression."""
    body: bytes = answer.get_data()
    return gzip.decompress(body) if answer.headers.get("Content-Encoding") == "gzip" else body


def columns(sheet: bytes) -> list[str]:
    return next(csv.reader(io.StringIO(sheet.decode("utf-8-sig"))))
