"""Whether a change needs an owner's word, and asking for it."""

from typing import Any, Final

from django.utils.translation import gettext as _

from accounts.models import Account, Role, Topic
from accounts.services import tell_readers
from accounts.telling import reading
from common.refusals import Impossible
from journal import services as journal
from journal.models import Operation
from journal.people import By
from subscriptions.models import Subscription
from subscriptions.plans import licence_of
from subscriptions.rules import Change, Preview, changes
from subscriptions.waiting.asked import APPROVAL, WaitingChange, subject_of
from subscriptions.waiting.telling import context_of, record

CLASHING: Final = (changes.SetSeats, changes.ChangePlan, changes.Upgrade)
"""Wishes that would make something else of the one that waits."""


def needs_owner(subscription: Subscription, today: Preview, by: By) -> bool:
    """A charge that an owner must approve is an owner's to make; the portal asks for itself."""
    account = subscription.tenant.account
    if by.user_id is None or not account.must_approve(today.amount_now):
        return False
    return not _is_owner(account, by)


def ask_owner(
    *, subscription: Subscription, kind: str, today: Preview, by: By, keep_schedule: bool
) -> Operation:
    """Keep the wish until an owner has decided, and tell the owners. `kind` will carry it out."""
    tenant = subscription.tenant
    params: dict[str, Any] = {
        "subscription": subscription.pk,
        "name": subscription.name,
        "service": tenant.display_name,
        "quantity": subscription.quantity,
        "kind": kind,
        "change": today.change.to_json(),
        "preview": today.to_dict(),
        "keep_schedule": keep_schedule,
    }
    if isinstance(today.change, changes.Upgrade):
        params["into"] = _name_of(subscription, today.change.product)
    step = journal.ask(
        kind=APPROVAL,
        account_id=tenant.account_id,
        subject=subject_of(subscription),
        listed_under=tenant.key,
        params=params,
        by=by,
    )
    waiting = WaitingChange(step)
    kept = {"preview": params["preview"]}
    record(subscription, waiting, "subscription.approval_asked", by, **kept)
    owners = tenant.account.memberships.filter(role=Role.OWNER, user__is_active=True)
    told = reading(owners, topic=Topic.APPROVALS, place=tenant.key)
    tell_readers(told, template="change_approval", context=context_of(subscription, waiting))
    return step


def same_or_taken(waiting: WaitingChange, wish: Change, by: By, account: Account) -> Operation:
    """The same wish is the one that waits. Raises Impossible for another one, and to an owner."""
    if _is_owner(account, by):
        text = _("%(who)s has asked for a change of this subscription. Approve or refuse it first.")
    elif _without_price(waiting.change) == _without_price(wish):
        return waiting.step
    else:
        text = _("A change that %(who)s has asked for waits for an owner: it comes first.")
    facts = {"approval": waiting.step.pk}
    raise Impossible(text % {"who": waiting.by.label}, code="waits_for_owner", facts=facts)


def _is_owner(account: Account, by: By) -> bool:
    return account.memberships.filter(user_id=by.user_id or 0, role=Role.OWNER).exists()


def _name_of(subscription: Subscription, product: str) -> str:
    product_id, _colon, sku_id = product.partition(":")
    licence = licence_of(subscription, product_id, sku_id)
    return licence.name if licence else product


def _without_price(wish: Change) -> dict[str, Any]:
    """The same wish tomorrow may carry another price."""
    return {name: value for name, value in wish.to_json().items() if name != "unit_price"}
