"""Use cases of standing subscriptions: seats and cancellation."""

from datetime import datetime

from django.db import transaction
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from common.clock import microsoft_now
from common.refusals import Impossible
from journal import services as journal
from journal.models import OPEN, Operation
from journal.people import PORTAL, By
from subscriptions import rules
from subscriptions.models import Status, Subscription
from tenants.services import need_reducible, need_usable

CHANGE_SEATS, CANCEL = "subscription.change_seats", "subscription.cancel"


@transaction.atomic
def change_seats(*, subscription: Subscription, quantity: int, by: By) -> Operation | None:
    """Ask for another total number of seats; None when it is that already.

    The same wish again while the first is under way is the same operation.
    Raises Impossible, before Microsoft is asked, with the reason and the date.
    """
    Subscription.objects.select_for_update().get(pk=subscription.pk)
    need = need_usable if quantity > subscription.quantity else need_reducible
    need(subscription.tenant)
    _need_active(subscription)
    if quantity < 1:
        raise Impossible(
            _("At least 1 seat. To give all seats up, cancel the subscription."), field="quantity"
        )
    waiting = _open(subscription, CHANGE_SEATS)
    if waiting is not None and waiting.params["quantity"] == quantity:
        return waiting
    if waiting is None and quantity == subscription.quantity:
        return None
    _check_range(subscription, quantity)
    _check_spend(subscription, quantity)
    return _ask(CHANGE_SEATS, subscription, by, quantity=quantity)


@transaction.atomic
def cancel(*, subscription: Subscription, by: By) -> Operation:
    """Cancel the subscription with all its seats, while its window is open.

    Raises Impossible when Microsoft would refuse, with the date on which it ends instead.
    """
    Subscription.objects.select_for_update().get(pk=subscription.pk)
    need_reducible(subscription.tenant)
    waiting = _open(subscription, CANCEL)
    if waiting is not None:
        return waiting
    _need_active(subscription)
    until = subscription.cancellable_until
    if until is None or microsoft_now() >= until:
        raise Impossible(_too_late_to_cancel(subscription), code="window")
    return _ask(CANCEL, subscription, by)


def batches(subscription: Subscription) -> list[rules.Batch]:
    """The open and closed windows that Microsoft has listed."""
    return [
        rules.Batch(int(row["quantity"]), datetime.fromisoformat(row["until"]))
        for row in subscription.refundable
    ]


def lowest_quantity(subscription: Subscription) -> int:
    """The fewest seats that a change may leave now."""
    return rules.lowest_quantity(subscription.quantity, batches(subscription), microsoft_now())


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


def _ask(kind: str, subscription: Subscription, by: By, **params: object) -> Operation:
    return journal.ask(
        kind=kind,
        account_id=subscription.tenant.account_id,
        subject=subscription.key,
        listed_under=subscription.tenant.key,
        params={"subscription": subscription.pk, **params},
        by=by,
    )


def _open(subscription: Subscription, kind: str) -> Operation | None:
    """The last wish of this kind that is still under way."""
    rows = Operation.objects.filter(subject=subscription.key, kind=kind, state__in=OPEN)
    return rows.order_by("-pk").first()


def _need_active(subscription: Subscription) -> None:
    if subscription.status == Status.PENDING:
        raise Impossible(_("This subscription is still being ordered."))
    if subscription.status != Status.ACTIVE:
        raise Impossible(_("Only an active subscription can be changed."))


def _check_range(subscription: Subscription, quantity: int) -> None:
    licence = subscription.licence
    maximum = licence.maximum if licence else None
    if maximum is not None and quantity > maximum:
        text = _("Microsoft sells at most %(maximum)s seats of this licence.")
        raise Impossible(text % {"maximum": maximum}, field="quantity")
    if licence and quantity < licence.minimum:
        text = _("Microsoft sells at least %(minimum)s seats of this licence.")
        raise Impossible(text % {"minimum": licence.minimum}, field="quantity")
    lowest = lowest_quantity(subscription)
    if quantity < subscription.quantity and quantity < lowest:
        raise Impossible(_too_late_to_reduce(subscription, lowest), field="quantity", code="window")


def _check_spend(subscription: Subscription, quantity: int) -> None:
    limit = subscription.tenant.account.spend_limit
    more = quantity - subscription.quantity
    if limit is not None and more > 0 and subscription.unit_price * more > limit:
        text = _("This exceeds the spend limit of %(limit)s %(currency)s per order.")
        values = {"limit": limit, "currency": subscription.currency}
        raise Impossible(text % values, field="quantity", code="spend_limit")


def _too_late_to_reduce(subscription: Subscription, lowest: int) -> str:
    if lowest == subscription.quantity:
        text = _("No seat can be given back now: the 7-day window is closed. ")
    else:
        text = _("Only down to %(lowest)s seats: the other windows are closed. ")
    return text % {"lowest": lowest} + _from_renewal(subscription)


def _too_late_to_cancel(subscription: Subscription) -> str:
    return _("The 7-day window for cancelling is closed. ") + _from_renewal(subscription)


def _from_renewal(subscription: Subscription) -> str:
    end = subscription.commitment_ends_at
    if end is None:
        return _("It becomes possible at the next renewal.")
    day = date_format(localtime(end, timezone=end.tzinfo), "DATE_FORMAT")
    return _("It becomes possible at the renewal after %(date)s (UTC).") % {"date": day}
