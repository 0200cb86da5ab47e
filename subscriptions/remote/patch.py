"""Changes by PATCH: read the whole resource, change it, send it back; one operation each."""

from collections.abc import Callable
from copy import copy
from functools import partial
from typing import Any

from django.utils.translation import gettext_noop

from common.clock import microsoft_now
from common.errors import Refused
from journal.models import Operation
from journal.people import By
from journal.work import Done, Wait, Work
from partnercenter import connect
from partnercenter.base import PartnerCenter
from partnercenter.request import Request
from partnercenter.types import Subscription as Shown
from subscriptions import services
from subscriptions.contracts import contract_of
from subscriptions.learning import understood
from subscriptions.models import Subscription
from subscriptions.remote.facts import facts_of
from subscriptions.rules import Change, Forbidden, from_json, judge

Build = Callable[..., Request]
"""`build(customer_id=…, resource=…)`: the request that makes the change."""

IN_THE_MEANTIME = gettext_noop("This has become impossible since it was asked for.")
KEPT_OTHERWISE = gettext_noop("Microsoft kept something else than was asked for.")


def subscription_of(work: Work) -> Subscription:
    """The subscription that the operation is about."""
    rows = Subscription.objects.select_related("tenant__account", "licence")
    return rows.get(pk=work.params["subscription"])


def wish_of(work: Work) -> Change:
    """The change that was asked for."""
    return from_json(work.params["change"])


def carry_out(work: Work, build: Build, is_done: Callable[[Shown], bool]) -> Done | Wait:
    """Send the change, or poll the one that Microsoft took as 202.

    An old attempt is read back first: the stored resource would undo what others changed since.
    Raises Refused when the rules have come to forbid it, or Microsoft kept something else.
    """
    subscription = subscription_of(work)
    client = connect(subscription.tenant.market)
    shown = _read_back(work, client, subscription, is_done) or _sent(
        work, client, subscription, build
    )
    if isinstance(shown, Wait):
        return shown
    if not is_done(shown):
        raise Refused(KEPT_OTHERWISE, field="quantity")
    return Done({"status": shown.status, "quantity": shown.quantity}, _write(subscription, shown))


def look(client: PartnerCenter, subscription: Subscription) -> Shown:
    """What Microsoft shows now."""
    return client.subscription(
        customer_id=subscription.tenant.microsoft_id, subscription_id=subscription.microsoft_id
    )


def _read_back(
    work: Work,
    client: PartnerCenter,
    subscription: Subscription,
    is_done: Callable[[Shown], bool],
) -> Shown | None:
    if not work.must_read_back or work.memo.get("location"):
        return None
    shown = look(client, subscription)
    if is_done(shown):
        return shown
    work.begin_anew()
    return None


def _sent(
    work: Work, client: PartnerCenter, subscription: Subscription, build: Build
) -> Shown | Wait:
    location = work.memo.get("location")
    if location:
        answer = client.subscription_change(
            location=location,
            customer_id=subscription.tenant.microsoft_id,
            subscription_id=subscription.microsoft_id,
        )
    else:
        stored, request_id = work.request(partial(_request, work, client, subscription, build))
        answer = client.change_subscription(Request.from_json(stored), request_id=request_id)
    if answer.is_pending:
        work.remember(location=answer.location)
        return Wait(text=gettext_noop("Microsoft is carrying out the change."))
    return answer.subscription or look(client, subscription)


def _request(
    work: Work, client: PartnerCenter, subscription: Subscription, build: Build
) -> dict[str, Any]:
    """The request, after one more look at what it changes and whether it still may."""
    customer_id = subscription.tenant.microsoft_id
    resource = client.subscription_resource(
        customer_id=customer_id, subscription_id=subscription.microsoft_id
    )
    judge_again(subscription, Shown.parse(resource), wish_of(work))
    return build(customer_id=customer_id, resource=resource).to_json()


def judge_again(subscription: Subscription, shown: Shown, wish: Change) -> None:
    """Raises Refused when the rules forbid the wish on what Microsoft shows now."""
    looked = copy(subscription)
    for column, value in understood(subscription=subscription, facts=facts_of(shown)).items():
        setattr(looked, column, value)
    try:
        judge(contract_of(looked), wish, microsoft_now())
    except Forbidden as error:
        raise Refused(IN_THE_MEANTIME, code=error.code, field=error.field or "") from error


def _write(subscription: Subscription, shown: Shown) -> Callable[[Operation], None]:
    return lambda operation: note(subscription, shown, operation)


def note(subscription: Subscription, shown: Shown, operation: Operation) -> None:
    """Keep what Microsoft shows after the change, and what happened."""
    services.changed(
        subscription=subscription,
        facts=facts_of(shown),
        operation=operation,
        by=By(operation.by_label, operation.by_id),
    )
