"""Pages that the search knows, and topics of the guide."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.access import Actor
from accounts.models import Role
from common.folding import fold
from panel.palette.entries import Entry, starts
from panel.reports.catalogue import REPORTS

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


def _anyone(_actor: Actor) -> bool:
    return True


def _manager(actor: Actor) -> bool:
    return actor.may(Role.MANAGER)


def _owner(actor: Actor) -> bool:
    return actor.may(Role.OWNER)


def _of_all(actor: Actor) -> bool:
    return not actor.reach.is_limited


@dataclass(frozen=True)
class Page:
    """A page without an object in its address; `words` are others by which people call it."""

    url_name: str
    title: "StrOrPromise"
    icon: str
    words: "StrOrPromise" = ""
    is_for: Callable[[Actor], bool] = _anyone

    @property
    def entry(self) -> Entry:
        return Entry(self.title, reverse(self.url_name), self.icon)


PAGES = (
    Page("panel:home", _("Home"), "house", _("dashboard start")),
    Page("panel:services", _("Services"), "building", _("tenants customers licence groups")),
    Page("panel:subscriptions", _("Subscriptions"), "card-checklist", _("licences seats")),
    Page("panel:orders", _("Orders"), "receipt", _("purchases")),
    Page("subscriptions:renewals", _("Renewals"), "calendar3", _("terms ends")),
    Page("panel:calendar", _("Calendar"), "calendar3", _("renewals dates feed")),
    Page("tenants:delegations", _("Delegations"), "link-45deg", _("consent takeover")),
    Page("subscriptions:price_changes", _("Price changes"), "tag", _("prices tariff")),
    Page("panel:reports", _("Reports"), "file-earmark-text", _("statistics exports")),
    Page("panel:operations", _("Tasks"), "list-task", _("operations in progress errors")),
    Page("sync:index", _("Changes made elsewhere"), "arrow-repeat", _("drift differences")),
    Page("accounts:partner_ids", _("MPN IDs"), "patch-check", _("partner")),
    Page("cashback:index", _("Cashback"), "receipt", _("rebate statements"), _of_all),
    Page("accounts:members", _("Members"), "people", _("users colleagues roles")),
    Page("panel:domains", _("Domains"), "globe", _("DNS")),
    Page("dnsconfig:health_overview", _("Health of domains"), "life-preserver", _("DNS score")),
    Page("panel:audit", _("Audit"), "eye", _("history events log"), _manager),
    Page("dnsconfig:connections", _("DNS zones"), "globe", _("OVH keys connections"), _owner),
    Page("dnsconfig:own_zones", _("Own zones"), "globe", _("DNS records")),
    Page("accounts:tokens", _("API tokens"), "code", _("REST integration"), _owner),
    Page("accounts:settings", _("Settings"), "gear", _("account company logo"), _owner),
    Page("accounts:profile", _("Profile"), "person", _("name language")),
    Page("inbox:index", _("Notifications"), "bell", _("messages bell")),
    Page("inbox:choices", _("What I am told"), "bell", _("notifications mails digest")),
    Page("accounts:sessions", _("Where you are signed in"), "eye", _("sessions browsers")),
    Page("mfa_index", _("Second factor"), "shield-check", _("security passkey code")),
    Page("account_change_password", _("Change password"), "key", _("security")),
    Page("panel:guide", _("Guide"), "life-preserver", _("help")),
    Page("panel:shortcuts", _("Keyboard shortcuts"), "keyboard", _("keys palette")),
)

TOPICS = (
    ("users", _("Users and licences"), _("people assign accounts")),
    ("password", _("The administrator's password"), _("login lost reset")),
    ("rights", _("Delegated rights"), _("GDAP approval consent")),
    ("domain", _("Domain"), _("DNS records")),
    ("back", _("Giving licences back"), _("cancel refund 168 hours")),
)
"""Headings of the guide: anchor, title, other words."""


def open_to(actor: Actor) -> list[Page]:
    """The pages that this person's role opens."""
    return [page for page in PAGES if page.is_for(actor)]


def pages_called(actor: Actor, words: list[str]) -> list[Entry]:
    """Pages and reports; those whose title begins like the first word come first."""
    pages = [page for page in open_to(actor) if starts(words, page.title, page.words)]
    pages.sort(key=lambda page: not fold(str(page.title)).startswith(" ".join(words)))
    return [page.entry for page in pages] + [
        Entry(report.title, reverse("panel:report", args=[name]), "file-earmark-text", _("report"))
        for name, report in REPORTS.items()
        if starts(words, report.title, _("report"))
    ]


def topics_called(words: list[str]) -> list[Entry]:
    """What the guide has to say about it."""
    guide = reverse("panel:guide")
    return [
        Entry(title, f"{guide}#{anchor}", "question-circle")
        for anchor, title, others in TOPICS
        if starts(words, title, others)
    ]
