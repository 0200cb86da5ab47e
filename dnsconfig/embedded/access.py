"""The only door to own zones for a person or a token."""

from dataclasses import dataclass

from django.db.models import Count, QuerySet
from django.http import Http404

from accounts.access import Actor
from accounts.models import Role
from dnsconfig.embedded.models import OwnRecord, OwnZone
from dnsconfig.embedded.writing import NOTIFY
from dnsconfig.models import Domain
from journal.models import Operation, State


def own_zones_of(actor: Actor) -> QuerySet[OwnZone]:
    """With `count`: how many records each holds.

    Of limited reach: zones in which services have a domain, and all of them are within it.
    """
    mine = OwnZone.objects.filter(account=actor.account)
    if actor.reach.is_limited:
        rows = Domain.objects.filter(tenant__account=actor.account)
        within = rows.filter(actor.reach.within("tenant"))
        beyond = rows.filter(actor.reach.beyond("tenant"))
        mine = mine.filter(name__in=within.values("zone")).exclude(name__in=beyond.values("zone"))
    return mine.annotate(count=Count("records")).order_by("name")


def own_zone_for(actor: Actor, name: str, *, need: Role = Role.VIEWER) -> OwnZone:
    """Raises Http404 for a stranger, PermissionDenied (403) where the role does not reach."""
    zone = own_zones_of(actor).filter(name=name).first()
    if zone is None:
        raise Http404
    actor.need(need)
    return zone


def own_record_for(actor: Actor, name: str, pk: int, *, need: Role) -> OwnRecord:
    """The same for one of its records."""
    record = own_zone_for(actor, name).records.select_related("zone").filter(pk=pk).first()
    if record is None:
        raise Http404
    actor.need(need)
    return record


@dataclass(frozen=True)
class Heard:
    """What a secondary said to the last notice."""

    secondary: str
    has_acknowledged: bool
    reason: str = ""


def heard_of(zone: OwnZone) -> tuple[Operation | None, list[Heard]]:
    """The last notice, and each secondary's answer to it."""
    last = Operation.objects.filter(subject=zone.key, kind=NOTIFY).order_by("-pk").first()
    memo = last.memo if last else {}
    good = set(memo.get("acknowledged", []))
    reasons = memo.get("reasons", {}) if last and last.state != State.DONE else {}
    heard = [Heard(each, each in good, reasons.get(each, "")) for each in zone.secondaries]
    return last, heard
