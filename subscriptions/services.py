"""Use cases of standing subscriptions: preview a change, ask for it, note what came of it."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _

from common.clock import microsoft_now
from common.refusals import Impossible
from journal import services as journal
from journal.models import OPEN, Operation
from journal.people import PORTAL, By
from subscriptions import reasons, rules
from subscriptions.contracts import contract_of
from subscriptions.learning import adopt, learn
from subscriptions.models import Origin, Subscription
from subscriptions.rules import Change, Forbidden, Preview, changes
from subscriptions.waiting import asking
from subscriptions.waiting.asked import WaitingChange
from tenants.services import need_reducible, need_usable

KINDS: Final[dict[type[Change], str]] = {
    changes.SetSeats: "subscription.change_seats",
    changes.Cancel: "subscription.cancel",
    changes.Suspend: "subscription.suspend",
    changes.Reactivate: "subscription.reactivate",
    changes.Rename: "subscription.rename",
    changes.ChooseEnd: "subscription.choose_end",
    changes.ScheduleAtRenewal: "subscription.schedule",
    changes.ClearSchedule: "subscription.clear_schedule",
    changes.ChangePlan: "subscription.change_plan",
    changes.Upgrade: "subscription.upgrade",
}
"""The operation that carries out each wish."""

KEEPABLE: Final = (changes.SetSeats, changes.ChangePlan, changes.Upgrade)
"""Wishes that drop what was scheduled or chosen for the end, after which it still makes sense."""

LESSENING: Final = (changes.Cancel, changes.ClearSchedule)
"""Wishes that bring no more seats and no longer term."""

EVENTS: Final = {
    "subscription.change_seats": "subscription.seats_changed",
    "subscription.cancel": "subscription.cancelled",
    "subscription.suspend": "subscription.suspended",
    "subscription.reactivate": "subscription.reactivated",
    "subscription.rename": "subscription.renamed",
    "subscription.choose_end": "subscription.end_chosen",
    "subscription.schedule": "subscription.change_scheduled",
    "subscription.clear_schedule": "subscription.schedule_cleared",
    "subscription.change_plan": "subscription.plan_changed",
    "subscription.upgrade": "subscription.upgraded",
    "subscription.hold": "subscription.suspended",
    "subscription.release": "subscription.reactivated",
    "subscription.restore_end": "subscription.end_chosen",
}
"""What has happened when an operation is done."""

TOLD: Final = (
    "name", "quantity", "status", "term", "billing_cycle", "auto_renew", "end_choice", "scheduled",
)  # fmt: skip
"""Columns that an event tells before and after."""


@dataclass(frozen=True)
class Seen:
    """The money that the person saw who says yes; None: did not look."""

    amount_now: Decimal
    period_after: Decimal | None = None

    def is_still(self, preview: Preview) -> bool:
        """Today's preview says the same."""
        after = (None, preview.period_after)
        return self.amount_now == preview.amount_now and self.period_after in after


class MoneyMoved(Impossible):
    """The preview that was agreed to says something else today: `preview` is the new one."""

    def __init__(self, preview: Preview) -> None:
        text = _("The amounts have changed since you looked. Please look again and confirm.")
        facts = {"preview": preview.to_dict()}
        super().__init__(text, code="preview_changed", field="expected_amount", facts=facts)
        self.preview = preview


def preview(*, subscription: Subscription, change: Change) -> Preview:
    """What the change would do today, from what Microsoft last showed; asks nobody.

    Raises Impossible with the reason, and the date from which it is possible.
    """
    need = need_reducible if _costs_less(subscription, change) else need_usable
    need(subscription.tenant)
    try:
        judged = rules.judge(contract_of(subscription), change, microsoft_now())
    except Forbidden as error:
        raise impossible(error) from error
    _check_spend(subscription, change)
    return judged


def impossible(error: Forbidden) -> Impossible:
    """A refusal of the rules, in words."""
    possible_from = error.possible_from
    facts = {"possible_from": possible_from.isoformat() if possible_from else None}
    return Impossible(reasons.sentence(error), field=error.field, code=error.code, facts=facts)


@transaction.atomic
def change(
    *,
    subscription: Subscription,
    change: Change,
    by: By,
    seen: Seen | None = None,
    keep_schedule: bool = False,
    approved: Operation | None = None,
) -> Operation | None:
    """Ask for a change; None when it is so already.

    Above the account's amount it waits for an owner: then the operation is that waiting.
    `approved`: the waiting that an owner has just ended. The same wish again while the first is
    under way, or waits, is the same operation. `keep_schedule`: what was scheduled for the
    renewal, and is deleted by this change, is written again after it.
    Raises Impossible before Microsoft is asked, MoneyMoved when `seen` is no longer true.
    """
    Subscription.objects.select_for_update().get(pk=subscription.pk)
    subscription.refresh_from_db()
    waiting = under_way(subscription)
    if waiting is not None:
        return _same_or_busy(waiting, change)
    if approved is None and isinstance(change, asking.CLASHING):
        asked = WaitingChange.on(subscription)
        if asked is not None:
            return asking.same_or_taken(asked, change, by, subscription.tenant.account)
    today = preview(subscription=subscription, change=change)
    if today.changes_nothing:
        return None
    if seen is not None and not seen.is_still(today):
        raise MoneyMoved(today)
    if approved is None and asking.needs_owner(subscription, today, by):
        kind = KINDS[type(change)]
        return asking.ask_owner(
            subscription=subscription, kind=kind, today=today, by=by, keep_schedule=keep_schedule
        )
    operation = _ask(subscription, change, today, by, after=approved)
    again = _dropped(subscription, change, today, keep_schedule)
    if again is not None:
        _ask(subscription, again, None, by, after=operation)
    return operation


def change_seats(*, subscription: Subscription, quantity: int, by: By) -> Operation | None:
    """Another total number of seats. As `change`."""
    return change(subscription=subscription, change=changes.SetSeats(quantity=quantity), by=by)


def cancel(*, subscription: Subscription, by: By) -> Operation | None:
    """End the subscription with all its seats, while its window is open. As `change`."""
    return change(subscription=subscription, change=changes.Cancel(), by=by)


def is_cancellable(subscription: Subscription) -> bool:
    """Whether the rules would allow to cancel it now."""
    try:
        preview(subscription=subscription, change=changes.Cancel())
    except Impossible:
        return False
    return True


def _costs_less(subscription: Subscription, change: Change) -> bool:
    """Allowed also while the service is suspended for its MPN ID."""
    if isinstance(change, changes.SetSeats):
        return change.quantity < subscription.quantity
    return isinstance(change, LESSENING) or (
        isinstance(change, changes.ChooseEnd) and change.choice == "cancel"
    )


def under_way(subscription: Subscription) -> Operation | None:
    """The first change that is not done yet: until then, previews would not be true."""
    rows = Operation.objects.filter(subject=subscription.key, state__in=OPEN)
    return rows.filter(kind__in=KINDS.values()).order_by("pk").first()


def changed(
    *, subscription: Subscription, facts: dict[str, Any], operation: Operation, by: By
) -> None:
    """Keep what Microsoft shows after a change, and tell what happened, preview included."""
    before = {name: getattr(subscription, name) for name in TOLD}
    paid = _paid_otherwise(subscription, operation)
    learn(subscription=subscription, facts=facts, as_of=microsoft_now())
    if paid is not None:
        beside = paid - contract_of(subscription).cycle_amount
        subscription.show(as_of=microsoft_now(), paid_beside=beside)
    after = {name: getattr(subscription, name) for name in TOLD}
    differing = [name for name in TOLD if before[name] != after[name]]
    record(
        subscription,
        EVENTS[operation.kind],
        by,
        operation,
        before={name: before[name] for name in differing},
        after={name: after[name] for name in differing},
        preview=operation.params.get("preview"),
    )


def _paid_otherwise(subscription: Subscription, operation: Operation) -> Decimal | None:
    """All that was paid in this term when its billing alone changes, else None."""
    wish, preview = operation.params.get("change", {}), operation.params.get("preview")
    if not preview or wish.get("kind") != "change_plan" or wish["term"] != subscription.term:
        return None
    contract = contract_of(subscription)
    now = Decimal(preview["amount_now"])
    return contract.cycle_amount + contract.paid_beside + now


def upgraded(
    *,
    subscription: Subscription,
    facts: dict[str, Any],
    into: dict[str, Any],
    operation: Operation,
    by: By,
) -> None:
    """Keep both sides of an upgrade: what is left, and what has the seats now."""
    changed(subscription=subscription, facts=facts, operation=operation, by=by)
    at = microsoft_now()
    target = Subscription.objects.filter(microsoft_id=into["microsoft_id"]).first()
    if target is not None:
        learn(subscription=target, facts=into, as_of=at)
        return
    made = adopt(tenant=subscription.tenant, facts=into, as_of=at, origin=Origin.HERE)
    record(made, "subscription.made_by_upgrade", by, operation, source=subscription.pk)


def record(
    subscription: Subscription,
    kind: str,
    by: By = PORTAL,
    operation: Operation | None = None,
    **data: object,
) -> None:
    """Write an event of this subscription."""
    journal.record(
        kind=kind,
        account_id=subscription.tenant.account_id,
        subject=subscription.key,
        listed_under=subscription.tenant.key,
        data=data,
        by=by,
        operation=operation,
    )


def _same_or_busy(waiting: Operation, change: Change) -> Operation:
    if waiting.params.get("change") == change.to_json():
        return waiting
    raise Impossible(
        _("Another change of this subscription is under way. Wait for it, or give it up."),
        code="under_way",
    )


def _dropped(
    subscription: Subscription, change: Change, today: Preview, keep_schedule: bool
) -> Change | None:
    """What Microsoft forgets with this change, and is to be written again.

    A chosen end is always kept: without it the subscription would go on month by month.
    """
    if not isinstance(change, KEEPABLE) or _moves_all(subscription, change):
        return None
    if not subscription.auto_renew and subscription.end_choice:
        return changes.ChooseEnd(choice=subscription.end_choice)
    if keep_schedule and today.deletes_schedule is not None:
        return changes.ScheduleAtRenewal(**vars(today.deletes_schedule))
    return None


def _moves_all(subscription: Subscription, change: Change) -> bool:
    """Nothing is left whose end could be chosen."""
    return isinstance(change, changes.Upgrade) and change.quantity == subscription.quantity


def _ask(
    subscription: Subscription,
    change: Change,
    today: Preview | None,
    by: By,
    after: Operation | None = None,
) -> Operation:
    return journal.ask(
        kind=KINDS[type(change)],
        account_id=subscription.tenant.account_id,
        subject=subscription.key,
        listed_under=subscription.tenant.key,
        params={
            "subscription": subscription.pk,
            "change": change.to_json(),
            "preview": today.to_dict() if today else None,
        },
        by=by,
        after=after,
    )


def _check_spend(subscription: Subscription, change: Change) -> None:
    limit = subscription.tenant.account.spend_limit
    if limit is None or not isinstance(change, changes.SetSeats):
        return
    more = change.quantity - subscription.quantity
    if more > 0 and subscription.unit_price * more > limit:
        text = _("This exceeds the spend limit of %(limit)s %(currency)s per order.")
        values = {"limit": limit, "currency": subscription.currency}
        raise Impossible(text % values, field="quantity", code="spend_limit")
