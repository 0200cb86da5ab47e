"""Every page of the portal by its address, derived from the routes: a new one joins by itself."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib import admin
from django.db.models import Model
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

from tests.people import People
from tests.rules.routes import ROUTES, Route
from tests.rules.test_access import address, is_api

Things = dict[str, list[Any]]

NO_PAGES = {
    "accounts:logo",
    "accounts:support_end",
    "cashback:statement_csv",
    "dnsconfig:export",
    "dnsconfig:own_zone_file",
    "health:live",
    "health:ready",
    "inbox:bell",
    "operations:steps",
    "orders:upload_failed",
    "orders:upload_template",
    "panel:api_docs",
    "panel:bulk_results",
    "panel:calendar_feed",
    "panel:export",
    "panel:mail_html",
    "panel:mail_text",
    "panel:report_export",
    "panel:report_file",
    "panel:setup_later",
    "schema",
    "tenants:contact_json",
}
"""GET answers with a file, a mail, a piece of a page, or a library's viewer of the schema."""

WITHOUT_SIGNING_IN = {
    "account_inactive",
    "account_login",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key_done",
    "account_signup",
    "account_email_verification_sent",
}

FILES = {"mfa_download_recovery_codes", "mfa_login_webauthn"}


@dataclass(frozen=True)
class Page:
    """`who` (see `People`) opens `url`."""

    name: str
    who: str
    url: str


def our_pages(people: People, worlds: list[Things]) -> list[Page]:
    """Of the portal itself: with the objects of each world, and those that are nobody's empty."""
    rows = [(name, who, address(name, route, things, people.user(who)))
            for things in worlds
            for name, route in ROUTES.items()
            if route.about in things and name not in NO_PAGES
            for who in _visitors(route)]  # fmt: skip
    pages = [Page(name, who, url) for name, who, url in rows if not is_api(url)]
    return [*dict.fromkeys(pages), *ERRORS, *_sign_in()]


def _visitors(route: Route) -> list[str]:
    """The stranger has nothing yet: his lists are empty."""
    if not route.methods:
        return ["staff"]
    if "GET" not in route.methods:
        return []
    return ["owner"] if route.about else ["owner", "stranger"]


ERRORS = [
    Page("404", "owner", "/nothing/"),
    Page("404 of a stranger", "nobody", "/nothing/"),
    Page("403", "viewer", "/orders/new/"),
]


def _sign_in() -> Iterator[Page]:
    """The sign-in library's pages. The manager has a second factor, the owner has none."""
    for name in sorted(_names_under("sign-in/")):
        try:
            url = reverse(name)
        except NoReverseMatch:
            continue
        if name in WITHOUT_SIGNING_IN:
            yield Page(name, "nobody", url)
        elif name not in FILES:
            yield Page(name, "owner", url)
            yield Page(name, "manager", url)


def _names_under(prefix: str) -> set[str]:
    def walk(patterns: list[Any]) -> Iterator[str]:
        for pattern in patterns:
            if isinstance(pattern, URLResolver):
                yield from walk(pattern.url_patterns)
            elif isinstance(pattern, URLPattern) and pattern.name:
                yield pattern.name

    roots = [each for each in get_resolver().url_patterns if str(each.pattern).startswith(prefix)]
    return {name for root in roots for name in walk(root.url_patterns)}


def once(pages: list[Page]) -> list[Page]:
    """Each route once per person: of its further worlds the first one is enough."""
    return list({(page.name, page.who): page for page in reversed(pages)}.values())[::-1]


def admin_pages() -> list[Page]:
    """Of Django's admin: its index, and each of our lists with one of its rows."""
    pages = [Page("admin:index", "staff", reverse("admin:index"))]
    for model in admin.site._registry:
        pages += [Page(name, "staff", url) for name, url in _admin_of(model)]
    return pages


def _admin_of(model: type[Model]) -> Iterator[tuple[str, str]]:
    name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
    yield f"{name}_changelist", reverse(f"{name}_changelist")
    row = model._default_manager.first()
    if row is not None:
        yield f"{name}_change", reverse(f"{name}_change", args=[row.pk])
