"""Seats and cancellation: read the whole resource, change it, send it back; one operation each."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from django.utils.translation import gettext_noop

from common.clock import microsoft_now
from common.errors import Refused
from journal.models import Operation
from journal.people import By
from journal.work import Done, Wait, Work
from partnercenter import connect, requests
from partnercenter.base import PartnerCenter
from partnercenter.request import Request
from partnercenter.types import Subscription as Shown
from subscriptions import services
from subscriptions.models import Status, Subscription


def change(work: Work) -> Done | Wait:
    """`subscription.change_seats`: params `subscription`, `quantity` (the new total)."""
    subscription = _subscription(work)
    quantity = work.params["quantity"]
    is_done = partial(_has_seats, quantity=quantity)
    outcome = _patch(work, subscription, partial(_with_seats, quantity=quantity), is_done)
    if isinstance(outcome, Wait):
        return outcome
    if outcome.quantity != quantity:
        raise Refused(gettext_noop("Microsoft kept another number of seats."), field="quantity")
    return Done(
        {"quantity": outcome.quantity},
        lambda operation: _note_seats(subscription, outcome, operation),
    )


def cancel(work: Work) -> Done | Wait:
    """`subscription.cancel`: only inside its window."""
    subscription = _subscription(work)
    outcome = _patch(work, subscription, _cancelled, _is_cancelled)
    if isinstance(outcome, Wait):
        return outcome
    return Done(
        {"status": outcome.status},
        lambda operation: _note_cancelled(subscription, outcome, operation),
    )


def facts_of(shown: Shown) -> dict[str, Any]:
    """Microsoft's view of a subscription as columns of ours."""
    return {
        "microsoft_id": shown.id,
        "quantity": shown.quantity,
        "status": shown.status,
        "auto_renew": shown.auto_renew,
        "cancellable_until": shown.cancellable_until_at,
        "commitment_ends_at": shown.commitment_end_at,
        "refundable": [
            {"quantity": batch.quantity, "until": _iso(batch.until_at)}
            for batch in shown.refundable
            if batch.until_at is not None
        ],
    }


def _iso(at: datetime) -> str:
    return at.isoformat()


def _subscription(work: Work) -> Subscription:
    rows = Subscription.objects.select_related("tenant__account")
    return rows.get(pk=work.params["subscription"])


Change = Callable[..., Request]


def _patch(
    work: Work, subscription: Subscription, change: Change, is_done: Callable[[Shown], bool]
) -> Shown | Wait:
    """Send the change, or poll the one that Microsoft took as 202.

    An old attempt is read back first: the stored resource would undo what others changed since.
    """
    client = connect(subscription.tenant.market)
    customer_id = subscription.tenant.microsoft_id
    microsoft_id = subscription.microsoft_id
    location = work.memo.get("location")
    if work.must_read_back and not location:
        shown = client.subscription(customer_id=customer_id, subscription_id=microsoft_id)
        if is_done(shown):
            return shown
        work.begin_anew()
    if location:
        answer = client.subscription_change(
            location=location, customer_id=customer_id, subscription_id=microsoft_id
        )
    else:
        stored, request_id = work.request(
            lambda: change(customer_id, _resource(client, subscription)).to_json()
        )
        answer = client.change_subscription(Request.from_json(stored), request_id=request_id)
    if answer.is_pending:
        work.remember(location=answer.location)
        return Wait(text=gettext_noop("Microsoft is carrying out the change."))
    return answer.subscription or client.subscription(
        customer_id=customer_id, subscription_id=microsoft_id
    )


def _resource(client: PartnerCenter, subscription: Subscription) -> dict[str, Any]:
    return client.subscription_resource(
        customer_id=subscription.tenant.microsoft_id, subscription_id=subscription.microsoft_id
    )


def _has_seats(shown: Shown, *, quantity: int) -> bool:
    return shown.quantity == quantity


def _is_cancelled(shown: Shown) -> bool:
    return shown.status == Status.DELETED


def _with_seats(customer_id: str, resource: dict[str, Any], *, quantity: int) -> Request:
    return requests.change_seats(customer_id=customer_id, resource=resource, quantity=quantity)


def _cancelled(customer_id: str, resource: dict[str, Any]) -> Request:
    return requests.cancel_subscription(customer_id=customer_id, resource=resource)


def _note_seats(subscription: Subscription, shown: Shown, operation: Operation) -> None:
    before = subscription.quantity
    subscription.show(as_of=microsoft_now(), **facts_of(shown))
    services.record(
        subscription,
        "subscription.seats_changed",
        _by(operation),
        operation,
        before=before,
        after=shown.quantity,
    )


def _note_cancelled(subscription: Subscription, shown: Shown, operation: Operation) -> None:
    facts = {**facts_of(shown), "status": shown.status or Status.DELETED}
    subscription.show(as_of=microsoft_now(), **facts)
    services.record(subscription, "subscription.cancelled", _by(operation), operation)


def _by(operation: Operation) -> By:
    return By(operation.by_label, operation.by_id)
