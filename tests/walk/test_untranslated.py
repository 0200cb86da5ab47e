"""No English word on a French page: all pages in a language of marks, and their sources."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client, RequestFactory
from django.utils import translation
from django.views.defaults import bad_request, server_error

from accounts.models import User
from tests.people import People
from tests.walk.data import has_words
from tests.walk.mails import every_mail
from tests.walk.pages import Page
from tests.walk.papers import every_paper
from tests.walk.pseudo import LANGUAGE, OPEN, marked
from tests.walk.texts import unmarked

VENDORS = {
    "Microsoft is busy.",
    "The partner has not signed the agreement.",
    "This licence is not available in the market of this customer.",
}
"""Sentences of Microsoft's, which are shown as they came."""

WITH_ROWS = ("licences", "services", "changes")
"""Reports that this world has rows for."""


def english(html: str) -> set[tuple[str, str]]:
    """Where on a page words stand that nobody could have translated."""
    return {(where, text) for where, text in unmarked(html) if has_words(text)}


def test_every_word_of_every_page_can_be_translated(people: People, pages: list[Page]) -> None:
    User.objects.update(language=LANGUAGE)
    people.nobody.cookies[settings.LANGUAGE_COOKIE_NAME] = LANGUAGE
    opened: dict[str, str] = {}
    with marked() as marks:
        for page in (each for each in pages if "/mails/en/" not in each.url):  # English on purpose
            answer = people.client(page.who).get(page.url)
            assert answer.status_code in (200, 302, 403, 404), page
            if answer.status_code != 302:
                opened[f"{page.who} {page.url}"] = answer.content.decode()
        papers = every_paper(people)
        opened |= broken() | every_mail(people, LANGUAGE) | papers
    assert all("<tbody><tr>" in papers[f"paper {name}"] for name in WITH_ROWS)
    assert len(opened) > 120
    found = {url: words for url, html in opened.items() if (words := english(html))}
    assert not found
    unknown = {text for text in marks.unknown - VENDORS if OPEN not in text}
    assert not sorted(unknown), "asked for, and not in the catalogue"


def broken() -> dict[str, str]:
    """The pages of errors that no address leads to."""
    request = RequestFactory().get("/")
    careful = Client(enforce_csrf_checks=True, headers={"accept-language": LANGUAGE})
    with translation.override(LANGUAGE):
        own = {"400": bad_request(request, ValueError()), "500": server_error(request)}
    return {
        **{code: answer.content.decode() for code, answer in own.items()},
        "csrf": careful.post("/sign-in/login/").content.decode(),
    }


@pytest.mark.parametrize(
    "html",
    [
        "<p>Seats</p>",
        "<p>⟦Sièges⟧ left</p>",
        '<button aria-label="Close"></button>',
        '<td data-label="Status">5</td>',
        '<input type="submit" value="Go">',
        "<title>Home · Northwind</title>",
        "<option>Monthly</option>",
    ],
)
def test_a_planted_word_is_found(html: str) -> None:
    assert english(html)


@pytest.mark.parametrize(
    "html",
    [
        "<p>⟦Hello <b>Ada</b>, ⟦you⟧ have⟧ 3</p>",
        "<code>manage.py doctor</code><input value='typed text'>",
        "<td>owner@northwind.example</td><td>EUR 12,50</td><td>Contoso Bakery</td>",
    ],
)
def test_marks_and_values_are_left_alone(html: str) -> None:
    assert not english(html)


TAGS = re.compile(
    r"\{#.*?#\}"
    r"|\{% *comment.*?endcomment *%\}"
    r"|\{% *blocktrans(?:late)?\b.*?endblocktrans(?:late)? *%\}"
    r"|\{% *block (?:width|code) *%\}.*?\{% *endblock *%\}"
    r"|\{%.*?%\}|\{\{.*?\}\}",
    re.DOTALL,
)
LITERAL = re.compile(r"""\{%\ *include\b[^%]*?\b(?:title|text|label|submit|caption)="([^"]+)\"""")
TEMPLATES = sorted(Path(settings.BASE_DIR, "templates").rglob("*.*"))
SAMPLES = {"styleguide.html"}
"""Shows parts with made-up values."""


@pytest.mark.parametrize("kind", ["html", "txt"])
def test_every_word_of_every_template_can_be_translated(kind: str) -> None:
    """Also of those that no page of this world shows: mails, rare states."""
    found: dict[str, Any] = {}
    for path in TEMPLATES:
        if path.suffix != f".{kind}" or path.name in SAMPLES:
            continue
        source = path.read_text()
        words = english(TAGS.sub("", source))
        words |= {("include", text) for text in LITERAL.findall(source) if has_words(text)}
        if words:
            found[str(path.relative_to(settings.BASE_DIR))] = words
    assert not found
