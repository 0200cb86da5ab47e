"""Keys that lead somewhere; the script reads them from the sheet that people read."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.access import Actor

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class Shortcut:
    """`keys` one after the other, e.g. `g h`."""

    keys: str
    title: "StrOrPromise"
    url_name: str

    @property
    def url(self) -> str:
        return reverse(self.url_name)

    @property
    def strokes(self) -> list[str]:
        return self.keys.split()


EVERYBODYS = (
    Shortcut("/", _("Search"), "panel:search"),
    Shortcut("g h", _("Home"), "panel:home"),
    Shortcut("g s", _("Services"), "panel:services"),
    Shortcut("g l", _("Subscriptions"), "panel:subscriptions"),
    Shortcut("g o", _("Orders"), "panel:orders"),
    Shortcut("g r", _("Renewals"), "subscriptions:renewals"),
    Shortcut("g t", _("Tasks"), "panel:operations"),
    Shortcut("g n", _("Notifications"), "inbox:index"),
    Shortcut("?", _("Keyboard shortcuts"), "panel:shortcuts"),
)
ORDER = Shortcut("n", _("New order"), "orders:new")


def shortcuts_of(actor: Actor) -> list[Shortcut]:
    """Those that this person's role opens."""
    return [*EVERYBODYS, ORDER] if actor.may_create else [*EVERYBODYS]
