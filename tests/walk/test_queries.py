"""A page asks the database as often for thirty services as for three."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.people import People
from tests.rules.routes import ROUTES
from tests.walk.crowd import grow
from tests.walk.pages import Page, admin_pages, our_pages

NOT_SET_UP = {"panel:health"}
"""Looks at the machine, not at rows."""


def queries(client: Client, page: Page) -> int:
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(page.url)
        assert answer.status_code in (200, 302), page
    return len(asked)


def more(people: People, pages: list[Page]) -> dict[str, tuple[int, int]]:
    """Of the pages that asked more often for more rows: how often, before and after."""
    grow(people, range(2))
    few = {page: queries(people.client(page.who), page) for page in pages}
    grow(people, range(2, 30))
    many = {page: queries(people.client(page.who), page) for page in pages}
    return {page.url: (few[page], many[page]) for page in pages if many[page] > few[page]}


def test_no_page_asks_more_often_for_more_rows(
    people: People, things: dict[str, Any], sandbox: Any
) -> None:
    pages = [
        page
        for page in our_pages(people, [things])
        if page.who == "owner" and page.name in ROUTES and page.name not in NOT_SET_UP
    ]
    assert len(pages) > 70
    assert not more(people, pages)


@pytest.mark.full
def test_no_page_of_the_admin_does(people: People, things: dict[str, Any]) -> None:
    assert not more(people, admin_pages())
