"""What a person has pinned: first in the menu, first to be offered."""

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from accounts.access import Actor
from accounts.models import Membership
from common.refusals import Impossible
from panel.palette.models import PinnedTenant
from tenants.access import tenants_of
from tenants.models import Tenant

MOST = 20
IN_MENU = 100
"""Services in the left menu of every page; who has more searches their list."""


def pinned_by(actor: Actor) -> QuerySet[Tenant]:
    """By name; what is out of reach by now is not among them."""
    return tenants_of(actor).filter(pins__in=_pins(actor)).order_by("sort_name", "pk")


def menu_of(actor: Actor) -> list[Tenant]:
    """The pinned services, marked `is_pinned`, then the first ones by name; one query."""
    rows = tenants_of(actor)
    first = rows.order_by("sort_name", "pk").values("pk")[:IN_MENU]
    shown = rows.only("account", "service_name", "display_name", "state")
    shown = shown.filter(Q(pk__in=first) | Q(pk__in=_pins(actor).values("tenant")))
    mine = _pins(actor).filter(tenant=OuterRef("pk"))
    return list(shown.annotate(is_pinned=Exists(mine)).order_by("-is_pinned", "sort_name", "pk"))


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
