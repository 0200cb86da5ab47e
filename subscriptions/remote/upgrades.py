"""Upgrades: what a subscription may become, asked live, and the write that does it."""

from dataclasses import dataclass
from functools import partial
from typing import cast

from django.utils.translation import gettext_noop

from common.errors import Refused
from journal.work import Done, Wait, Work
from partnercenter import connect
from partnercenter.request import Request
from partnercenter.types import TransitionTarget
from subscriptions.models import Subscription
from subscriptions.remote.patch import subscription_of, wish_of
from subscriptions.rules import changes

PATIENCE = 3
"""Seconds that a page waits for Microsoft."""
NOT_A_TARGET = gettext_noop("Microsoft does not allow this upgrade.")
FAILED = gettext_noop("Microsoft could not carry out the upgrade.")


@dataclass(frozen=True)
class Target:
    """A licence that the subscription may become, or why it may not."""

    code: str
    """`product:sku`."""
    title: str
    is_eligible: bool
    reason: str


def targets_of(subscription: Subscription) -> list[Target]:
    """What Microsoft offers now. Raises RemoteError when it cannot be asked within seconds."""
    found = connect(subscription.tenant.market).transition_eligibilities(
        customer_id=subscription.tenant.microsoft_id,
        subscription_id=subscription.microsoft_id,
        timeout=PATIENCE,
    )
    return [_target(each) for each in found]


def _target(found: TransitionTarget) -> Target:
    errors = [error.message for option in found.options for error in option.errors]
    code = found.catalog_item_id.rpartition(":")[0]
    return Target(code, found.title, found.is_eligible, "" if found.is_eligible else errors[0])


def upgrade(work: Work) -> Done | Wait:
    """`subscription.upgrade`: seats become seats of another licence; events tell how far it is."""
    subscription = subscription_of(work)
    client = connect(subscription.tenant.market)
    wish = cast(changes.Upgrade, wish_of(work))
    where = _where(subscription)
    if work.must_read_back and "ordered" not in work.memo and not _found(client, where, wish):
        work.begin_anew()
    if "ordered" not in work.memo and not work.must_read_back:
        stored, request_id = work.request(partial(_request, work, client, subscription, wish))
        client.transition(Request.from_json(stored), request_id=request_id)
        work.remember(ordered=True)
    shown = _found(client, where, wish)
    if shown is None or shown.status not in ("completed", "failed"):
        return Wait(text=gettext_noop("Microsoft is carrying out the change."))
    if shown.status == "failed":
        raise Refused(FAILED)
    every = client.subscriptions(customer_id=subscription.tenant.microsoft_id)
    return Done({"into": shown.to_subscription_id}, partial(_note, subscription, every))
