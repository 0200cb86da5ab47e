"""The only door to changes made elsewhere, for a person or a token."""

from django.db.models import QuerySet
from django.http import Http404

from accounts.access import Actor
from accounts.models import Role
from sync.models import Drift


def drifts_of(actor: Actor) -> QuerySet[Drift]:
    """Newest first."""
    rows = Drift.objects.filter(actor.reach.within("tenant"), tenant__account=actor.account)
    return rows.select_related("tenant", "subscription")


def drift_for(actor: Actor, pk: int, *, need: Role = Role.VIEWER) -> Drift:
    """Raises Http404 for a stranger, PermissionDenied (403) for one whose role does not reach."""
    drift = drifts_of(actor).filter(pk=pk).first()
    if drift is None:
        raise Http404
    actor.need(need)
    return drift
