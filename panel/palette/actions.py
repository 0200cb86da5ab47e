"""What can be begun from the search: for the account, for one service, for this browser."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language, get_language_info, gettext
from django.utils.translation import gettext_lazy as _

from accounts.access import Actor
from accounts.models import Role
from panel.palette.entries import Entry, starts
from tenants.access import tenants_of
from tenants.finding import named
from tenants.models import Tenant

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

FEW = 3
"""Services that are offered with what can be done about each."""


@dataclass(frozen=True)
class Action:
    """Something to begin; about one service where `of_service`."""

    url_name: str
    title: "StrOrPromise"
    icon: str
    may: Callable[[Actor], bool]
    words: "StrOrPromise" = ""
    anchor: str = ""

    def entry(self, tenant: Tenant | None = None) -> Entry:
        names = [tenant.service_name] if tenant else []
        note = tenant.display_name if tenant else ""
        return Entry(self.title, reverse(self.url_name, args=names) + self.anchor, self.icon, note)


def _creates(actor: Actor) -> bool:
    return actor.may_create


def _from(role: Role) -> Callable[[Actor], bool]:
    return lambda actor: actor.may(role)


OF_ACCOUNT = (
    Action("orders:new", _("New order"), "plus-circle", _creates, _("create platform customer")),
    Action("orders:uploads", _("Upload customers"), "plus-circle", _creates, _("CSV file orders")),
    Action("tenants:delegate", _("New delegation"), "link-45deg", _creates, _("take over tenant")),
    Action(
        "dnsconfig:connections",
        _("Connect a zone"),
        "globe",
        _from(Role.OWNER),
        _("DNS OVH add keys"),
    ),
    Action("dnsconfig:new_own_zone", _("New own zone"), "globe", _from(Role.OWNER), _("DNS")),
    Action("panel:invite", _("Invite a member"), "people", _from(Role.OWNER), _("add user")),
    Action("accounts:partner_ids", _("Add an MPN ID"), "patch-check", _from(Role.OWNER)),
    Action("accounts:tokens", _("New API token"), "code", _from(Role.OWNER), _("create REST")),
    Action("panel:reports", _("New report"), "file-earmark-text", _from(Role.VIEWER)),
)
OF_SERVICE = (
    Action("orders:more", _("Add licences"), "plus", _from(Role.MANAGER), _("new subscription")),
    Action(
        "panel:service",
        _("Change seats"),
        "pencil",
        _from(Role.MANAGER),
        _("number of licences more fewer"),
        "#subscriptions",
    ),
    Action("dnsconfig:domains", _("Add a domain"), "globe", _from(Role.OPERATOR), _("DNS")),
    Action(
        "tenants:reset_password",
        _("Reset the admin password"),
        "key",
        _from(Role.OPERATOR),
        _("administrator lost"),
    ),
    Action("tenants:rename", _("Change the display name"), "pencil", _from(Role.OPERATOR)),
    Action("orders:again_service", _("Order again"), "arrow-repeat", _creates, _("copy")),
)


def actions_called(actor: Actor, words: list[str], *, on: str, scripted: bool) -> list[Entry]:
    """Of the account and the browser, then those of services: of the one that is named beside the
    action's words, else of the one whose page is open (`on`). At most one query."""
    own = [one for one in OF_ACCOUNT if one.may(actor)]
    called = [one.entry() for one in own if starts(words, one.title, one.words)]
    return called + _of_browser(words, scripted=scripted) + _of_services(actor, words, on)


def actions_of(actor: Actor, on: str) -> list[Entry]:
    """All that can be begun about the service whose page is open."""
    return _of_services(actor, [], on)


def _of_services(actor: Actor, words: list[str], on: str) -> list[Entry]:
    """`reset bakery`: some words call the action, the others the service."""
    verbs = [word for word in words if any(_is_called(one, [word]) for one in OF_SERVICE)]
    names = [word for word in words if word not in verbs and len(word) > 2]
    wanted = [one for one in OF_SERVICE if one.may(actor) and _is_called(one, verbs)]
    if not wanted or (words and not verbs) or not (names or on):
        return []
    rows = tenants_of(actor).order_by("sort_name", "pk")
    rows = rows.filter(named(" ".join(names))) if names else rows.filter(service_name=on)
    return [one.entry(tenant) for tenant in rows[:FEW] for one in wanted]


def _is_called(action: Action, words: list[str]) -> bool:
    return starts(words, action.title, action.words)


def _of_browser(words: list[str], *, scripted: bool) -> list[Entry]:
    """Language and look. Without a script the language is changed in the profile."""
    profile = reverse("accounts:profile")
    offered = []
    for code, _name in settings.LANGUAGES:
        local = get_language_info(code)["name_local"]
        title = gettext("Change display language: %(name)s") % {"name": local}
        if code != get_language():
            press = f"#look [name=language][value={code}]"
            offered.append(Entry(title, profile, "translate", press=press))
    if scripted:
        looks = (
            ("", gettext("Appearance: as the system"), "circle-half"),
            ("light", gettext("Appearance: light"), "sun"),
            ("dark", gettext("Appearance: dark"), "moon"),
        )
        offered += [
            Entry(title, "", icon, press=f"#look [data-theme-to='{look}']")
            for look, title, icon in looks
        ]
    return [one for one in offered if starts(words, one.title)]
