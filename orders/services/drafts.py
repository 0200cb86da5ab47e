"""Drafts of order forms: kept as typed, erased with the order or after a month."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID, uuid4

from django.utils.timezone import now

from accounts.access import Actor
from orders.access import drafts_of
from orders.models import Draft, Order
from tenants.models import Tenant

KEPT: Final = timedelta(days=30)
NOT_TYPED: Final = ("csrfmiddlewaretoken", "step")
LONGEST: Final = 1000
"""Characters of a field; no field of the form takes more."""


def keep(*, actor: Actor, tenant: Tenant | None, typed: Mapping[str, str]) -> datetime | None:
    """Keep the form as it stands, over what was kept before; returns when.

    None: this very form has placed its order already, so nothing of it is left to be kept.
    """
    key = _key(typed.get("form_key", ""))
    if Order.objects.filter(account=actor.account, form_key=key).exists():
        return None
    data = {name: text[:LONGEST] for name, text in typed.items() if name not in NOT_TYPED}
    data["form_key"] = str(key)
    draft, _new = Draft.objects.update_or_create(
        account=actor.account,
        user=actor.user,
        tenant=tenant,
        defaults={"form_key": key, "data": data},
    )
    return draft.updated_at


def find(*, actor: Actor, tenant: Tenant | None) -> Draft | None:
    """What this person has begun on this page."""
    return drafts_of(actor).filter(tenant=tenant).first()


def forget(*, actor: Actor, tenant: Tenant | None) -> None:
    """Start afresh."""
    drafts_of(actor).filter(tenant=tenant).delete()


def forget_placed(*, order: Order) -> None:
    """In the transaction that places the order."""
    Draft.objects.filter(account_id=order.account_id, form_key=order.form_key).delete()


def apply_retention() -> int:
    """Forget drafts that nobody has touched for a month; returns how many."""
    return Draft.objects.filter(updated_at__lt=now() - KEPT).delete()[0]


def _key(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return uuid4()
