"""Django's admin: every list and every row opens for staff alone, in their language, and shows
no secret."""

from itertools import chain

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib import admin
from django.db.models import Model
from django.urls import reverse

from tenants.models import Tenant
from tests.people import People
from tests.staff.conftest import SECRET
from tests.staff.words import catalogue, english_of, untranslated
from tests.walk.pseudo import LANGUAGE, marked

ROOMS = [
    "accounts",
    "cashback",
    "connections",
    "dnsconfig",
    "inbox",
    "journal",
    "orders",
    "panel",
    "subscriptions",
    "sync",
    "tenants",
]
OURS = [model for model in apps.get_models() if model._meta.app_label in ROOMS]
OWN_PAGES = [model for model in OURS if admin.site.is_registered(model)]


def pages_of(model: type[Model]) -> list[str]:
    name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
    rows = [reverse(f"{name}_change", args=[row.pk]) for row in model._default_manager.all()[:40]]
    assert rows, f"no {model.__name__} to look at"
    return [reverse(f"{name}_changelist"), *rows]


def test_everything_opens_and_shows_no_secret_and_no_english_word(
    people: People, everything: Tenant
) -> None:
    digest = people.northwind.account.tokens.get().digest
    people.staff.cookies[settings.LANGUAGE_COOKIE_NAME] = LANGUAGE
    names, found = catalogue(), {}
    with marked() as marks:
        for page in [reverse("admin:index"), *chain(*map(pages_of, OWN_PAGES))]:
            answer = people.staff.get(page)
            assert answer.status_code == 200, page
            html = answer.content.decode()
            assert SECRET not in html, page
            assert digest not in html, page
            if words := english_of(html, names):
                found[page] = words
    assert not found
    assert not sorted(untranslated(marks)), "asked for, and not in the catalogue"


@pytest.mark.parametrize(
    "html",
    [
        "<th>Pk</th>",
        "<td>Monthly</td>",
        "<td>eu market</td>",
        "<h2>draft 1</h2>",
        '<img alt="Search" src="a.svg">',
    ],
)
def test_a_planted_word_is_found(html: str) -> None:
    assert english_of(html)


@pytest.mark.parametrize(
    "html", ["<td>tenant:1</td>", '<td>{"role": "viewer"}</td>', "<h2>eu</h2>", "<td>⟦Nom⟧</td>"]
)
def test_what_is_kept_is_left_alone(html: str) -> None:
    assert not english_of(html)


def test_every_model_is_seen_somewhere() -> None:
    inlines = {inline.model for each in admin.site._registry.values() for inline in each.inlines}
    assert not set(OURS) - set(OWN_PAGES) - inlines


def test_lists_can_be_searched(people: People, everything: Tenant) -> None:
    for model in OWN_PAGES:
        if admin.site._registry[model].search_fields:
            assert people.staff.get(pages_of(model)[0], {"q": "contoso"}).status_code == 200


@pytest.mark.parametrize("who", ["viewer", "owner", "stranger", "nobody"])
def test_nobody_else_enters(people: People, everything: Tenant, who: str) -> None:
    for model in OWN_PAGES:
        answer = people.client(who).get(pages_of(model)[0])
        assert answer.status_code == 302
        assert answer.headers["Location"].startswith("/admin/login/")
