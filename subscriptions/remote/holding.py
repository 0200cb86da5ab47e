"""Suspends the subscriptions of a service whose MPN ID is bad, and reactivates just those."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.utils.translation import gettext_noop

from common.clock import microsoft_now
from common.errors import Refused
from journal import services as journal
from journal.models import Operation
from journal.people import PORTAL
from journal.work import Done, Wait, Work
from partnercenter import connect, requests
from partnercenter.base import PartnerCenter
from partnercenter.request import Request
from partnercenter.types import Subscription as Shown
from subscriptions import services
from subscriptions.models import Status, Subscription
from tenants.models import Hold, Tenant

Build = Callable[..., Request]


def stop(work: Work) -> Done:
    """`tenant.stop`: one operation for each subscription that runs, then the service closes."""
    hold = Hold.objects.select_related("tenant").get(pk=work.params["hold"])
    return Done(write=partial(_ask_to_stop, hold))


def hold(work: Work) -> Done | Wait:
    """`subscription.hold`: suspend it, unless somebody else has ended or suspended it."""
    subscription = _subscription(work)
    if "renews" not in work.memo:
        shown = _look(subscription)
        if shown.status != Status.ACTIVE:
            return Done({"stopped": False}, partial(_show, subscription, shown))
        work.remember(renews=shown.auto_renew)
    changed = _patch(work, subscription, requests.suspend_subscription, _is(Status.SUSPENDED))
    if isinstance(changed, Wait):
        return changed
    return Done(
        {"stopped": True}, partial(_note_stopped, subscription, changed, work.memo["renews"])
    )


def resume(work: Work) -> Done:
    """`tenant.resume`: one operation for each subscription that we have suspended."""
    tenant = Tenant.objects.get(pk=work.params["tenant"])
    return Done(write=partial(_ask_to_resume, tenant))


def release(work: Work) -> Done | Wait:
    """`subscription.release`: reactivate it, unless it has ended meanwhile or runs already."""
    subscription = _subscription(work)
    if not work.was_sent and (shown := _look(subscription)).status != Status.SUSPENDED:
        return Done({"resumed": False}, partial(_note_resumed, subscription, shown))
    changed = _patch(work, subscription, requests.reactivate_subscription, _is(Status.ACTIVE))
    if isinstance(changed, Wait):
        return changed
    return Done({"resumed": True}, partial(_note_resumed, subscription, changed))


def renew_again(work: Work) -> Done | Wait:
    """`subscription.renew_again`: Microsoft switches the renewal off when it suspends."""
    subscription = _subscription(work)
    shown = _look(subscription)
    if shown.status != Status.ACTIVE or shown.auto_renew:
        return Done(write=partial(_show, subscription, shown))
    build = partial(requests.choose_renewal, choice="renew")
    changed = _patch(work, subscription, build, lambda now: now.auto_renew)
    if isinstance(changed, Wait):
        return changed
    return Done(write=partial(_show, subscription, changed))


def _subscription(work: Work) -> Subscription:
    rows = Subscription.objects.select_related("tenant__account")
    return rows.get(pk=work.params["subscription"])


def _look(subscription: Subscription) -> Shown:
    return connect(subscription.tenant.market).subscription(
        customer_id=subscription.tenant.microsoft_id, subscription_id=subscription.microsoft_id
    )


def _patch(
    work: Work, subscription: Subscription, build: Build, is_done: Callable[[Shown], bool]
) -> Shown | Wait:
    """Send the change once, or poll the one that Microsoft took as 202; an old attempt is read
    back first. Raises Refused when Microsoft kept something else."""
    client = connect(subscription.tenant.market)
    customer_id = subscription.tenant.microsoft_id
    location = work.memo.get("location")
    if work.must_read_back and not location:
        shown = _look(subscription)
        if is_done(shown):
            return shown
        work.begin_anew()
    if location:
        answer = client.subscription_change(
            location=location, customer_id=customer_id, subscription_id=subscription.microsoft_id
        )
    else:
        stored, request_id = work.request(partial(_request, client, subscription, build))
        answer = client.change_subscription(Request.from_json(stored), request_id=request_id)
    if answer.is_pending:
        work.remember(location=answer.location)
        return Wait(text=gettext_noop("Microsoft is carrying out the change."))
    shown = answer.subscription or _look(subscription)
    if not is_done(shown):
        raise Refused(gettext_noop("Microsoft kept something else than was asked for."))
    return shown


def _request(client: PartnerCenter, subscription: Subscription, build: Build) -> dict[str, Any]:
    customer_id = subscription.tenant.microsoft_id
    resource = client.subscription_resource(
        customer_id=customer_id, subscription_id=subscription.microsoft_id
    )
    return build(customer_id=customer_id, resource=resource).to_json()


def _is(status: str) -> Callable[[Shown], bool]:
    return lambda shown: shown.status == status


def _ask_to_stop(hold: Hold, operation: Operation) -> None:
    for row in hold.tenant.subscriptions.filter(status=Status.ACTIVE).order_by("pk"):
        _ask("subscription.hold", row, operation, hold=hold.pk)
    _ask_last("tenant.close", hold.tenant, operation)


def _ask_to_resume(tenant: Tenant, operation: Operation) -> None:
    for hold in tenant.holds.exclude(stopped=[]):
        for stopped in hold.stopped:
            row = Subscription.objects.get(pk=stopped["subscription"])
            step = _ask("subscription.release", row, operation, hold=hold.pk)
            if stopped["renews"]:
                _ask("subscription.renew_again", row, operation, hold=hold.pk, after=step)
    _ask_last("tenant.open", tenant, operation)


def _ask(
    kind: str,
    row: Subscription,
    operation: Operation,
    *,
    hold: int,
    after: Operation | None = None,
) -> Operation:
    return journal.ask(
        kind=kind,
        account_id=operation.account_id,
        subject=row.key,
        listed_under=operation.listed_under,
        journey=operation.journey,
        params={"subscription": row.pk, "hold": hold},
        after=after,
        by=PORTAL,
    )


def _ask_last(kind: str, tenant: Tenant, operation: Operation) -> None:
    journal.ask(
        kind=kind,
        account_id=operation.account_id,
        subject=operation.subject,
        listed_under=operation.listed_under,
        journey=operation.journey,
        params={"tenant": tenant.pk},
        by=PORTAL,
    )


def _show(subscription: Subscription, shown: Shown, _operation: Operation) -> None:
    facts: dict[str, Any] = {"status": shown.status, "auto_renew": shown.auto_renew}
    subscription.show(as_of=microsoft_now(), **facts)


def _note_stopped(
    subscription: Subscription, shown: Shown, renews: bool, operation: Operation
) -> None:
    hold = Hold.objects.get(pk=operation.params["hold"])
    hold.note_stopped(subscription=subscription.pk, renews=renews)
    _show(subscription, shown, operation)
    services.record(subscription, "subscription.suspended", operation=operation)


def _note_resumed(subscription: Subscription, shown: Shown, operation: Operation) -> None:
    hold = Hold.objects.get(pk=operation.params["hold"])
    hold.forget_stopped(subscription=subscription.pk)
    _show(subscription, shown, operation)
    if shown.status == Status.ACTIVE:
        services.record(subscription, "subscription.reactivated", operation=operation)
