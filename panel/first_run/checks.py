"""What the wizard sees of the installation, live; in the doctor's words."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _

from accounts.models import Region
from connections.models import Connection
from connections.services import KIND, known
from journal.models import Operation
from panel.doctor import Finding, State
from panel.doctor import outside as network
from panel.doctor.findings import ok
from panel.doctor.keys import sign_in
from panel.doctor.machine import safety
from panel.first_run.steps import is_signed_in


def of_site(request: HttpRequest) -> list[Finding]:
    """The address as this very browser reached it, against the one in the settings."""
    return [address(request), safety()]


def address(request: HttpRequest) -> Finding:
    here = f"{request.scheme}://{request.get_host()}"
    there = urlsplit(settings.PORTAL_URL)
    facts = {"here": here, "there": settings.PORTAL_URL}
    if here == f"{there.scheme}://{there.netloc}":
        return ok(_("You see the portal at %(there)s, the address that it gives in mails.") % facts)
    text = _("You see the portal at %(here)s, but links in its mails lead to %(there)s.") % facts
    to_do = _("Set PORTAL_URL to the address that people use, then start the portal again.")
    if here.startswith("http:") and there.scheme == "https" and there.netloc in here:
        to_do = _("Let the proxy send X-Forwarded-Proto: https, and open the https address.")
    return Finding(State.WARNING, text, to_do)


@dataclass(frozen=True)
class RegionSeen:
    """One connection to Microsoft. The secrets themselves are not here."""

    alias: str
    client_id: str
    tenant_id: str
    has_secret: bool
    cloud: str
    missing: tuple[str, ...]
    findings: tuple[Finding, ...]
    is_signed_in: bool
    connection: Connection
    check: Operation | None
    """The last time that the sign-in was used to see whether it works."""

    @property
    def name(self) -> str:
        return str(Region(self.alias).label) if self.alias in Region else self.alias.upper()


NAMED = {
    "tenant_id": "MICROSOFT_TENANT_ID",
    "client_id": "MICROSOFT_CLIENT_ID",
    "client_secret": "MICROSOFT_CLIENT_SECRET",
}
"""Options of a connection, and the variables of the environment that they come from."""


def of_regions() -> list[RegionSeen]:
    return [_region(alias) for alias in settings.PARTNER_CENTER]


def _region(alias: str) -> RegionSeen:
    entry = settings.PARTNER_CENTER[alias]
    options = entry.get("OPTIONS", {})
    missing = [name for option, name in NAMED.items() if not options.get(option)]
    if not settings.GDAP_SECURITY_GROUP:
        missing.append("GDAP_SECURITY_GROUP")
    checks = Operation.objects.filter(kind=KIND, subject=f"connection:{alias}")
    return RegionSeen(
        alias=alias,
        client_id=options.get("client_id", ""),
        tenant_id=options.get("tenant_id", ""),
        has_secret=bool(options.get("client_secret")),
        cloud=entry.get("CLOUD", "worldwide"),
        missing=tuple(missing),
        findings=(network.microsoft(alias), sign_in(alias)),
        is_signed_in=is_signed_in(alias),
        connection=known(alias=alias),
        check=checks.order_by("-pk").first(),
    )
