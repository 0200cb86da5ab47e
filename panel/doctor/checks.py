"""All checks, in the order in which they are shown."""

from collections.abc import Callable
from functools import partial

from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from panel.doctor import engines, keys, machine, work
from panel.doctor import outside as network
from panel.doctor.findings import Check, Finding

DATABASE = Check("postgresql", _("PostgreSQL"), engines.database, is_outside=True)


def every() -> list[Check]:
    """`is_outside`: asks somebody else and knows nothing of our rows; the others read them."""
    return [
        DATABASE,
        Check("migrations", _("Migrations"), engines.migrations),
        Check("broker", _("Redis or Valkey"), engines.broker, is_outside=True),
        Check("workers", _("Workers"), engines.workers, is_outside=True),
        Check("schedule", _("Schedule"), work.schedule),
        Check("lag", _("Delay of the work"), work.lag),
        Check("queue", _("Open operations"), work.queue),
        Check("errors", _("Operations in error"), work.errors),
        *(
            Check(f"microsoft-{alias}", _named(gettext("Microsoft"), alias), look, is_outside=True)
            for alias, look in _each(network.microsoft)
        ),
        *(
            Check(f"sign-in-{alias}", _named(gettext("Sign-in at Microsoft"), alias), look)
            for alias, look in _each(keys.sign_in)
        ),
        Check("mode", _("Mode"), machine.mode),
        Check("smtp", _("Mail server"), network.mail_server, is_outside=True),
        Check("mails", _("Undelivered mails"), work.mails),
        Check("dns", _("DNS"), network.dns_roots, is_outside=True),
        Check("zone-hosts", _("Hosts of zones"), keys.zone_hosts),
        Check("own-zones", _("Own name server"), keys.own_zones),
        Check("disk", _("Disk"), machine.disk),
        Check("settings", _("Settings and keys"), machine.safety),
    ]


def _each(look: Callable[[str], Finding]) -> list[tuple[str, Callable[[], Finding]]]:
    """The check of every region."""
    return [(alias, partial(look, alias)) for alias in settings.PARTNER_CENTER]


def _named(title: str, alias: str) -> str:
    return f"{title} ({alias.upper()})"
