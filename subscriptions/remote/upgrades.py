"""Upgrades: what a subscription may become, asked live, and the write that does it."""

from dataclasses import dataclass
from functools import partial
from typing import Any, cast

from django.utils.translation import gettext_noop

from common.errors import Refused
from journal.models import Operation
from journal.people import By
from journal.work import Done, Wait, Work
from partnercenter import connect, requests
from partnercenter.base import PartnerCenter
from partnercenter.request import Request
from partnercenter.types import Subscription as Shown
from partnercenter.types import Transition, TransitionTarget
from subscriptions import services
from subscriptions.models import Subscription
from subscriptions.remote.facts import facts_of
from subscriptions.remote.patch import judge_again, look, subscription_of, wish_of
from subscriptions.remote.schedule import availability_of
from subscriptions.rules import Upgrade

PATIENCE = 3
"""Seconds that a page waits for Microsoft."""
NOT_A_TARGET = gettext_noop("Microsoft does not allow this upgrade.")
FAILED = gettext_noop("Microsoft could not carry out the upgrade.")
UNDER_WAY = gettext_noop("Microsoft is carrying out the change.")


@dataclass(frozen=True)
class Target:
    """A licence that the subscription may become, or why it may not."""

    code: str
    """`product:sku`."""
    title: str
    is_eligible: bool
    reason: str


def targets_of(subscription: Subscription) -> list[Target]:
    """What Microsoft offers now, a licence once. Raises RemoteError when it gives no answer."""
    client = connect(subscription.tenant.market)
    found: dict[str, Target] = {}
    for each in _eligibilities(client, subscription, timeout=PATIENCE):
        target = _target(each)
        if target.code not in found or target.is_eligible:
            found[target.code] = target
    return list(found.values())


def upgrade(work: Work) -> Done | Wait:
    """`subscription.upgrade`: seats become seats of another licence; events tell how far it is."""
    subscription = subscription_of(work)
    client = connect(subscription.tenant.market)
    wish = cast(Upgrade, wish_of(work))
    if work.must_read_back and not work.memo.get("ordered"):
        if _ordered(client, subscription, wish) is None:
            work.begin_anew()
        else:
            work.remember(ordered=True)
    if not work.memo.get("ordered"):
        stored, request_id = work.request(partial(_request, client, subscription, wish))
        client.transition(Request.from_json(stored), request_id=request_id)
        work.remember(ordered=True)
    transition = _ordered(client, subscription, wish)
    if transition is None or transition.status not in ("completed", "failed"):
        return Wait(text=UNDER_WAY)
    if transition.status == "failed":
        raise Refused(FAILED)
    return _done(client, subscription, transition)


def _done(client: PartnerCenter, subscription: Subscription, transition: Transition) -> Done | Wait:
    """Both sides are shown before it counts as done."""
    source = look(client, subscription)
    shown = client.subscriptions(customer_id=subscription.tenant.microsoft_id)
    into = [each for each in shown if each.id == transition.to_subscription_id]
    if not into:
        return Wait(text=UNDER_WAY)
    return Done({"into": into[0].id}, partial(_note, subscription, source, into[0]))


def _note(subscription: Subscription, source: Shown, into: Shown, operation: Operation) -> None:
    by = By(operation.by_label, operation.by_id)
    services.upgraded(
        subscription=subscription,
        facts=facts_of(source),
        into=facts_of(into),
        operation=operation,
        by=by,
    )


def _ordered(client: PartnerCenter, subscription: Subscription, wish: Upgrade) -> Transition | None:
    """The last transition to the wished licence, where Microsoft knows of one."""
    every = client.transitions(
        customer_id=subscription.tenant.microsoft_id, subscription_id=subscription.microsoft_id
    )
    mine = [
        each
        for each in every
        if each.to_catalog_item_id.rpartition(":")[0] == wish.product
        and each.quantity == wish.quantity
    ]
    return mine[-1] if mine else None


def _request(client: PartnerCenter, subscription: Subscription, wish: Upgrade) -> dict[str, Any]:
    shown = look(client, subscription)
    judge_again(subscription, shown, wish)
    item, way = _way(client, subscription, wish)
    return requests.transition(
        customer_id=subscription.tenant.microsoft_id,
        subscription_id=subscription.microsoft_id,
        from_catalog_item_id=shown.offer_id,
        to_catalog_item_id=item,
        quantity=wish.quantity,
        term=wish.term or shown.term_duration,
        billing_cycle=wish.billing_cycle or shown.billing_cycle,
        transition_type=way,
        to_subscription_id=wish.into,
    ).to_json()


def _way(client: PartnerCenter, subscription: Subscription, wish: Upgrade) -> tuple[str, str]:
    """Catalogue item and kind of transition; users keep working, so licences go along if they can.

    Raises Refused with Microsoft's reason.
    """
    product_id, _colon, sku_id = wish.product.partition(":")
    term, billing_cycle = wish.term or subscription.term, wish.billing_cycle
    availability = availability_of(
        subscription, product_id, sku_id, term, billing_cycle or subscription.billing_cycle
    )
    item = f"{wish.product}:{availability}"
    is_whole, reason = wish.quantity == subscription.quantity, NOT_A_TARGET
    for target in _eligibilities(client, subscription):
        if target.catalog_item_id.lower() != item.lower():
            continue
        ways = [each.transition_type for each in target.options if each.is_eligible]
        ways.sort(key=lambda way: way.endswith("license_transfer"), reverse=is_whole)
        if ways:
            return target.catalog_item_id, ways[0]
        reason = _reason(target) or reason
    raise Refused(reason, field="product")


def _eligibilities(
    client: PartnerCenter, subscription: Subscription, timeout: float | None = None
) -> list[TransitionTarget]:
    return client.transition_eligibilities(
        customer_id=subscription.tenant.microsoft_id,
        subscription_id=subscription.microsoft_id,
        timeout=timeout,
    )


def _target(found: TransitionTarget) -> Target:
    code = found.catalog_item_id.rpartition(":")[0]
    return Target(code, found.title, found.is_eligible, "" if found.is_eligible else _reason(found))


def _reason(found: TransitionTarget) -> str:
    """Microsoft's words for why it cannot be."""
    errors = [error.message for option in found.options for error in option.errors]
    return errors[0] if errors else ""
