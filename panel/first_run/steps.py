"""The steps of the wizard, and how each stands: told by facts wherever there are any."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.db.models import TextChoices
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Site
from journal.models import Operation
from journal.models import State as Stands
from panel.doctor import State
from panel.doctor.keys import sign_in
from panel.first_run.models import Setup

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class Name(TextChoices):
    """In the order in which they are taken; the value is the step's place in the address."""

    SITE = "site", _("Portal")
    MAIL = "mail", _("Mail")
    MICROSOFT = "microsoft", _("Microsoft")
    RESELLER = "reseller", _("First reseller")
    ZONES = "zones", _("DNS zones")
    SUMMARY = "summary", _("Summary")


@dataclass(frozen=True)
class Standing:
    """One step as it is now."""

    name: Name
    is_done: bool
    is_later: bool

    @property
    def url(self) -> str:
        return url_of(self.name)

    @property
    def mark(self) -> str:
        """As badges know it."""
        return "done" if self.is_done else "waiting" if self.is_later else "todo"

    @property
    def text(self) -> "StrOrPromise":
        return _TEXTS[self.mark]


_TEXTS: Final = {"done": _("done"), "waiting": _("later"), "todo": _("to do")}


def url_of(name: Name) -> str:
    return reverse(f"panel:setup_{name.value}")


def standings(setup: Setup) -> list[Standing]:
    """All but the summary."""
    done = {
        Name.SITE: Site.objects.filter(pk=1).exists(),
        Name.MAIL: Operation.objects.filter(pk=setup.mail_id or 0, state=Stands.DONE).exists(),
        Name.MICROSOFT: all(is_signed_in(alias) for alias in settings.PARTNER_CENTER),
        Name.RESELLER: setup.account is not None,
        Name.ZONES: setup.account is not None and setup.account.zone_connections.exists(),
    }
    return [Standing(name, is_done, name in setup.later) for name, is_done in done.items()]


def is_signed_in(alias: str) -> bool:
    """A sign-in without second factor, or one that ends soon, is one."""
    return sign_in(alias).state in (State.OK, State.WARNING)


def next_url(setup: Setup) -> str:
    """The first step that is neither done nor put off; then the summary."""
    for one in standings(setup):
        if not one.is_done and not one.is_later:
            return one.url
    return url_of(Name.SUMMARY)


def url_after(name: Name) -> str:
    names = list(Name)
    return url_of(names[names.index(name) + 1])
