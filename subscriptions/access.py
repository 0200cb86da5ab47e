"""The only door to subscriptions for a person or a token."""

from django.db.models import QuerySet
from django.http import Http404

from accounts.access import Actor
from accounts.models import Role
from accounts.operations.access import operations_for
from journal.models import Operation
from subscriptions.models import HoldingChange, Licence, Subscription, SubscriptionQuerySet
from subscriptions.renewals import with_next_term
from subscriptions.waiting.asked import APPROVAL, WaitingChange, undecided
from tenants.models import Tenant
from tenants.qualifications import segments_of


def subscriptions_of(actor: Actor) -> SubscriptionQuerySet:
    """All subscriptions in the services of the account within the actor's reach."""
    return Subscription.objects.filter(actor.reach.within("tenant"), tenant__account=actor.account)


def holding_changes_of(actor: Actor) -> QuerySet[HoldingChange]:
    """How seats and spend have changed in the services within the actor's reach."""
    return HoldingChange.objects.filter(actor.reach.within("tenant"), tenant__account=actor.account)


def subscription_for(actor: Actor, pk: int, *, need: Role = Role.VIEWER) -> Subscription:
    """The subscription of the actor's account. Raises Http404 for a stranger, PermissionDenied
    (403) for one whose role does not reach."""
    rows = subscriptions_of(actor).filter(pk=pk)
    subscription = rows.select_related("tenant__account", "tenant__gdap", "licence").first()
    if subscription is None:
        raise Http404
    actor.need(need)
    return subscription


def catalogue_for(actor: Actor, tenant: Tenant | None = None) -> QuerySet[Licence]:
    """What this account may order today, with prices in its currency.

    For a tenant also the segments that Microsoft has approved its customer for.
    """
    return Licence.objects.on_sale(
        market=actor.account.region,
        country=actor.account.country,
        currency=actor.account.currency,
        segments=segments_of(tenant),
    )


def renewals_for(actor: Actor) -> QuerySet[Subscription]:
    """Standing subscriptions of the account by the end of their term, with what follows."""
    return with_next_term(subscriptions_of(actor).renewing().select_related("tenant"))


def undecided_for(actor: Actor) -> QuerySet[Operation]:
    """What waits for an owner of the account, the oldest first, within the actor's reach."""
    return undecided().filter(actor.reach.listed(), account_id=actor.account.pk)


def waiting_change_for(actor: Actor, pk: int, *, need: Role = Role.VIEWER) -> WaitingChange:
    """A change that waits for an owner of the actor's account, or has waited. Raises Http404,
    PermissionDenied."""
    step = operations_for(actor).filter(pk=pk, kind=APPROVAL).first()
    if step is None:
        raise Http404
    actor.need(need)
    return WaitingChange(step)


def family_of(subscription: Subscription) -> list[Subscription]:
    """What else stands in the same tenant and goes on when this one ends."""
    rows = subscription.tenant.subscriptions.current().exclude(pk=subscription.pk)
    return list(rows.select_related("licence"))
