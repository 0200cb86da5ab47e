"""What the portal signs in with elsewhere, and the zones that it serves itself."""

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from common.clock import microsoft_now
from connections.instructions import instruction_for
from connections.models import Connection, Health
from dnsconfig.embedded.models import OwnZone
from dnsconfig.models import ZoneConnection
from dnsconfig.resolver.wire import ask, is_authoritative
from journal.models import Operation
from journal.models import State as Stands
from panel.doctor.findings import LIMIT, Finding, State, ok

SIGN_INS = "admin:connections_connection_changelist"


def sign_in(alias: str) -> Finding:
    """The refresh token of a region: its age and end, and whether Microsoft takes it."""
    found = Connection.objects.filter(alias=alias).first()
    at = microsoft_now()
    health = found.health(at) if found else Health.NEVER
    if found is None or health == Health.NEVER:
        if settings.PARTNER_CENTER[alias].get("OPTIONS", {}).get("refresh_token"):
            return Finding(State.UNKNOWN, _("The sign-in of the settings was not used yet."))
        text, to_do = _("Nobody has signed in at Microsoft."), instruction_for("not-signed-in")
        return Finding(State.FAILED, text, to_do, link=SIGN_INS)
    age = (at - found.used_at).days if found.used_at else 0
    days = {"days": found.days_left(at) or 0, "age": age}
    if health == Health.ENDED:
        text = _("Microsoft no longer takes the portal's sign-in.")
        told = (found.refused_code,) if found.refused_code else ()
        return Finding(State.FAILED, text, instruction_for(found.refused_code), told, SIGN_INS)
    if found.has_mfa is False:
        text = _("The portal is signed in without a second factor.")
        return Finding(State.WARNING, text, instruction_for("AADSTS50076"), link=SIGN_INS)
    if health == Health.ENDING:
        text = _("The portal's sign-in ends in %(days)d days.") % days
        return Finding(State.WARNING, text, instruction_for("not-signed-in"), link=SIGN_INS)
    return ok(
        _("Signed in; last used %(age)d days ago, good for %(days)d more days.") % days,
    )


def zone_hosts() -> Finding:
    """OVH and other hosts of zones: whose zones could not be listed when last tried."""
    failed = Operation.objects.filter(kind="dns.list_zones", state=Stands.ERROR)
    subjects = set(failed.values_list("subject", flat=True))
    rows = ZoneConnection.objects.select_related("account").order_by("pk")
    bad = list(rows.filter(pk__in=_keys(subjects))[:20])
    total = ZoneConnection.objects.count()
    if not total:
        return ok(_("Nobody has connected a host of zones yet."))
    if not bad:
        text = ngettext(
            "%(n)d connection to a host of zones; the last listing went well.",
            "%(n)d connections to hosts of zones; the last listings went well.",
            total,
        )
        return ok(text % {"n": total})
    text = ngettext(
        "The zones of %(n)d connection could not be listed.",
        "The zones of %(n)d connections could not be listed.",
        len(bad),
    )
    to_do = _("The reseller corrects the keys on the page DNS zones.")
    details = tuple(f"{row.account}: {row.label} ({row.provider})" for row in bad)
    return Finding(State.WARNING, text % {"n": len(bad)}, to_do, details)


def _keys(subjects: set[str]) -> list[int]:
    numbers = (subject.partition(":")[2] for subject in subjects)
    return [int(number) for number in numbers if number.isdigit()]


def own_zones() -> Finding:
    """The name server beside us, asked for the first of the zones that it should serve."""
    name = OwnZone.objects.order_by("pk").values_list("name", flat=True).first()
    if name is None:
        return ok(_("The portal serves no zones of its own."))
    port = settings.ZONES_DNS_PORT
    reply = ask("127.0.0.1", name, "SOA", port=port, timeout=LIMIT / 2)
    facts = {"zone": name, "port": port}
    if isinstance(reply, str):
        text = _("No name server answers on this machine, port %(port)d.") % facts
        to_do = _("Start manage.py serve_zones, unless it runs on another machine.")
        return Finding(State.WARNING, text, to_do, (reply,))
    if not (is_authoritative(reply) and reply.answer):
        text = _("The name server does not know the zone %(zone)s.") % facts
        return Finding(State.FAILED, text, _("Start manage.py serve_zones again."))
    return ok(_("The name server answers for the zone %(zone)s.") % facts)
