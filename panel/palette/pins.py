"""What a person has pinned: first in the menu, first to be offered."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from accounts.access import Actor
from accounts.models import Membership
from common.refusals import Impossible
from panel.palette.models import PinnedTenant
from tenants.access import tenants_of
from tenants.models import Tenant

MOST = 20


def pinned_by(actor: Actor) -> QuerySet[Tenant]:
    """By name; what is out of reach by now is not among them."""
    return tenants_of(actor).filter(pins__in=_pins(actor)).order_by("display_name", "pk")


def pinned_first(actor: Actor, rows: Iterable[Tenant]) -> list[Tenant]:
    """The pinned ones, marked `is_pinned`, then those of `rows` that are not."""
    pinned = list(pinned_by(actor))
    for tenant in pinned:
        tenant.is_pinned = True  # type: ignore[attr-defined]
    known = {tenant.pk for tenant in pinned}
    return [*pinned, *(tenant for tenant in rows if tenant.pk not in known)]


@transaction.atomic
def pin(*, actor: Actor, tenant: Tenant) -> None:
    """Keep it at hand, for this person alone. Raises Impossible for one too many."""
    member = get_object_or_404(
        Membership.objects.select_for_update(of=["self"]), user=actor.user, account=actor.account
    )
    if member.pins.exclude(tenant=tenant).count() >= MOST:
        text = _("You have pinned %(most)s services. Take one out of the menu first.")
        raise Impossible(text % {"most": MOST})
    member.pins.get_or_create(tenant=tenant)


def unpin(*, actor: Actor, tenant: Tenant) -> None:
    """Not at hand any more."""
    _pins(actor).filter(tenant=tenant).delete()


def _pins(actor: Actor) -> QuerySet[PinnedTenant]:
    return PinnedTenant.objects.filter(
        membership__user=actor.user, membership__account=actor.account
    )
