"""Bad input in every form: the sentence beside the field, and nothing that was typed is lost."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.db import transaction
from django.urls import resolve

from tests.people import People
from tests.walk.forms import Form, Forms
from tests.walk.pages import Page, our_pages

NONSENSE = "x" * 400
LIBRARY = ("account_", "mfa_")
"""Answers 200 with the errors."""
ELSEWHERE = {"set_language", "account_logout", "panel:styleguide"}
"""Every page has the first two; the last shows forms that lead nowhere."""

TAKES_ANYTHING = {"dnsconfig:change_keys"}
"""Keys of a DNS host: only the host knows."""

Answers = Iterator[tuple[str, int, Forms, Form, str]]


def test_wrong_input_is_answered_beside_the_field(
    people: People, things: dict[str, list[Any]]
) -> None:
    pages = [page for page in our_pages(people, [things]) if page.who in ("owner", "nobody")]
    seen: set[str] = set()
    wrong = []
    for name, status, shown, form, text in answers(people, pages):
        seen.add(name)
        right = {200} if name.startswith(LIBRARY) else {422}
        if name in TAKES_ANYTHING or (not text and form.may_be_empty):
            right |= {200, 302}
        if status not in right:
            wrong.append(f"{name} {text[:3]!r}: {status}")
        elif status == 422 or (text and status == 200):
            wrong += [f"{name} {text[:3]!r}: {each}" for each in unkind(shown, form, text)]
    assert not wrong
    assert len(seen) > 20


def answers(people: People, pages: list[Page]) -> Answers:
    """What each form that has something to type says to nothing, and to far too much."""
    met: set[tuple[str, frozenset[str]]] = set()
    for page in pages:
        browser = people.client(page.who)
        opened = browser.get(page.url)
        for form in Forms(opened.content.decode()).found if opened.status_code == 200 else []:
            url = urljoin(page.url, form.action or page.url)
            name = resolve(urlsplit(url).path).view_name
            key = name, frozenset(form.typed)
            if form.method != "post" or not form.typed or name in ELSEWHERE or key in met:
                continue
            met.add(key)
            for text in ("", NONSENSE):
                with transaction.atomic():
                    answer = browser.post(url, form.filled(text))
                    transaction.set_rollback(True)
                yield name, answer.status_code, Forms(answer.content.decode()), form, text


def unkind(shown: Forms, form: Form, text: str) -> Iterator[str]:
    """What a person would miss in this answer."""
    bad = [given for given in shown.ids.values() if given.get("aria-invalid") == "true"]
    if not bad and "errors" not in shown.ids:
        yield "nothing says what is wrong"
    for given in bad:
        told = [each for each in given.get("aria-describedby", "").split() if each in shown.ids]
        if not any(each.endswith("_error") for each in told):
            yield f"{given['id']} has no sentence"
    if text:
        kept = {one.name for each in shown.found for one in each.controls if one.value == text}
        secret = {one.name for one in form.controls if one.attrs.get("type") == "password"}
        yield from (f"{name} is lost" for name in form.typed - kept - secret)
