"""Every page of the admin in a real browser: accessible, and no wider than its screen."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib import admin
from django.test import RequestFactory
from django.urls import reverse

from accounts.models import User
from tenants.models import Tenant
from tests.people import People
from tests.walk.looks import FRAME, Window, windows
from tests.walk.pages import Page, admin_pages

pytestmark = [pytest.mark.browser, pytest.mark.full]

LIGHT, DARK = (1440, "light"), (390, "dark")
OF_LOOK = """() => axe.run(document, {
    runOnly: ['color-contrast', 'target-size', 'link-in-text-block', 'scrollable-region-focusable',
        'aria-hidden-focus', 'heading-order', 'region'],
    resultTypes: ['violations'], preload: false,
}).then((found) => found.violations.map((rule) => rule.id + ' ' + rule.nodes[0].target))"""
"""What a narrow or dark screen can change; the page itself has been looked at whole."""


def further_pages(staff: User) -> Iterator[Page]:
    """A part of the portal, every form to add, a history, a list without a row."""
    request = RequestFactory().get("/")
    request.user = staff
    for model, own in admin.site._registry.items():
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        if own.has_add_permission(request):
            yield Page(f"{name}_add", "staff", reverse(f"{name}_add"))
    account = User.objects.earliest("pk").memberships.get().account
    yield Page("history", "staff", reverse("admin:accounts_account_history", args=[account.pk]))
    yield Page("part", "staff", reverse("admin:app_list", args=["tenants"]))
    yield Page("nothing", "staff", reverse("admin:journal_operation_changelist") + "?q=nothing")


def wrong_with(window: Window, page: Page) -> list[str]:
    wrong = window.open(page, [LIGHT])
    window._look(*DARK)
    found = window.page.evaluate(OF_LOOK)
    if (wide := window.page.evaluate(FRAME)["wide"]) > 0:
        found.append(f"is {wide} px wider than the screen")
    return wrong + [f"{page.url} on a dark phone: {each}" for each in found]


def test_the_admin_is_accessible_and_fits(
    browser: Any, people: People, everything: Tenant, live_server: Any
) -> None:
    pages = [*admin_pages(), *further_pages(people.user("staff"))]
    wrong: list[str] = []
    for window, own in windows(browser, people, pages, live_server.url, "fr"):
        for page in own:
            wrong += wrong_with(window, page)
    for window, _own in windows(browser, people, pages[:1], live_server.url, "en"):
        wrong += window.open(pages[0], [(1440, "dark"), (390, "light")])
    assert len(pages) > 90
    assert not wrong


FLAWS = """() => {
    const main = document.querySelector('main');
    main.insertAdjacentHTML('beforeend', '<img src="/favicon.ico" width="3000"><h5>Deep</h5>');
}"""


def test_planted_flaws_are_found(browser: Any, people: People, live_server: Any) -> None:
    index = Page("admin:index", "staff", reverse("admin:index"))
    for window, _own in windows(browser, people, [index], live_server.url, "en"):
        window.page.add_init_script(f"addEventListener('DOMContentLoaded', {FLAWS})")
        told = " ".join(wrong_with(window, index))
    for flaw in ("image-alt", "heading-order", "dark phone: is "):
        assert flaw in told, told
