"""Suspends the subscriptions of a service whose MPN ID is bad, and reactivates just those."""

from functools import partial
from typing import cast

from common.clock import microsoft_now
from journal import services as journal
from journal.models import Operation
from journal.people import PORTAL
from journal.work import Done, Wait, Work
from partnercenter import connect, requests
from partnercenter.types import Renewal
from partnercenter.types import Subscription as Shown
from subscriptions.models import Status, Subscription
from subscriptions.remote.changes import ends_by, has_status
from subscriptions.remote.facts import facts_of
from subscriptions.remote.patch import carry_out, look, subscription_of
from subscriptions.rules import Change, changes
from tenants.models import Hold, Tenant


def stop(work: Work) -> Done:
    """`tenant.stop`: one operation for each subscription that runs, then the service closes."""
    hold = Hold.objects.select_related("tenant").get(pk=work.params["hold"])
    return Done(write=partial(_ask_to_stop, hold))


def hold(work: Work) -> Done | Wait:
    """`subscription.hold`: suspend it, unless somebody else has ended or suspended it."""
    subscription = subscription_of(work)
    if "end" not in work.memo:
        shown = _shown(subscription)
        if shown.status != Status.ACTIVE:
            return Done({"stopped": False}, partial(_show, subscription, shown))
        work.remember(end="renew" if shown.auto_renew else shown.end_choice)
    outcome = carry_out(work, requests.suspend_subscription, has_status(Status.SUSPENDED))
    if isinstance(outcome, Wait):
        return outcome
    return Done({"stopped": True}, partial(_note_stopped, subscription, outcome, work.memo["end"]))


def resume(work: Work) -> Done:
    """`tenant.resume`: one operation for each subscription that we have suspended."""
    tenant = Tenant.objects.get(pk=work.params["tenant"])
    return Done(write=partial(_ask_to_resume, tenant))


def release(work: Work) -> Done | Wait:
    """`subscription.release`: reactivate it, unless it has ended meanwhile or runs already."""
    subscription = subscription_of(work)
    if not work.was_sent and (shown := _shown(subscription)).status != Status.SUSPENDED:
        return Done({"resumed": False}, partial(_note_unneeded, subscription, shown))
    outcome = carry_out(work, requests.reactivate_subscription, has_status(Status.ACTIVE))
    if isinstance(outcome, Wait):
        return outcome
    return Done({"resumed": True}, partial(_note_resumed, subscription, outcome))


def restore_end(work: Work) -> Done | Wait:
    """`subscription.restore_end`: Microsoft forgets what was chosen for the end of the term when
    it suspends; without a choice it would go on month by month, at a higher price."""
    subscription = subscription_of(work)
    choice = work.params["change"]["choice"]
    shown = _shown(subscription)
    if shown.status != Status.ACTIVE or ends_by(choice, shown):
        return Done(write=partial(_show, subscription, shown))
    build = partial(requests.choose_renewal, choice=cast(Renewal, choice))
    return carry_out(work, build, partial(ends_by, choice))


def _shown(subscription: Subscription) -> Shown:
    return look(connect(subscription.tenant.market), subscription)


def _ask_to_stop(hold: Hold, operation: Operation) -> None:
    for row in hold.tenant.subscriptions.filter(status=Status.ACTIVE).order_by("pk"):
        _ask("subscription.hold", row, operation, changes.Suspend(), hold=hold.pk)
    _ask_last("tenant.close", hold.tenant, operation)


def _ask_to_resume(tenant: Tenant, operation: Operation) -> None:
    for hold in tenant.holds.exclude(stopped=[]):
        for stopped in hold.stopped:
            row = Subscription.objects.get(pk=stopped["subscription"])
            wish = changes.Reactivate()
            step = _ask("subscription.release", row, operation, wish, hold=hold.pk)
            if stopped["end"]:
                again = changes.ChooseEnd(choice=stopped["end"])
                kind = "subscription.restore_end"
                _ask(kind, row, operation, again, hold=hold.pk, after=step)
    _ask_last("tenant.open", tenant, operation)


def _ask(
    kind: str,
    row: Subscription,
    operation: Operation,
    wish: Change,
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
        params={"subscription": row.pk, "change": wish.to_json(), "hold": hold},
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
    subscription.show(as_of=microsoft_now(), **facts_of(shown))


def _note_stopped(
    subscription: Subscription, outcome: Done, end: str, operation: Operation
) -> None:
    hold = Hold.objects.get(pk=operation.params["hold"])
    hold.note_stopped(subscription=subscription.pk, end=end)
    _write(outcome, operation)


def _note_resumed(subscription: Subscription, outcome: Done, operation: Operation) -> None:
    Hold.objects.get(pk=operation.params["hold"]).forget_stopped(subscription=subscription.pk)
    _write(outcome, operation)


def _note_unneeded(subscription: Subscription, shown: Shown, operation: Operation) -> None:
    Hold.objects.get(pk=operation.params["hold"]).forget_stopped(subscription=subscription.pk)
    _show(subscription, shown, operation)


def _write(outcome: Done, operation: Operation) -> None:
    if outcome.write is not None:
        outcome.write(operation)
