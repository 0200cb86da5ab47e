"""The same licences once more: what they cost today, and what can no longer be had."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from accounts.access import Actor
from orders.models import Order
from orders.terms import plan_value
from subscriptions.access import catalogue_for
from subscriptions.models import Licence, Price, Status
from subscriptions.plans import plan_label
from subscriptions.tariff import Tariff
from tenants.models import Tenant


@dataclass(frozen=True)
class Wanted:
    """Seats as they were ordered, or are held."""

    licence_id: int | None
    name: str
    term: str
    billing_cycle: str
    quantity: int
    price: Decimal


@dataclass(frozen=True)
class Row:
    """One of them today. `value`: the plan as the form carries it; empty: not to be had."""

    wanted: Wanted
    value: str
    price: Decimal | None
    problem: str

    @property
    def plan(self) -> str:
        return plan_label(self.wanted.term, self.wanted.billing_cycle)

    @property
    def is_dearer_or_cheaper(self) -> bool:
        return self.price is not None and self.price != self.wanted.price


def of_order(order: Order) -> list[Wanted]:
    """What an order asked for."""
    lines = order.lines.select_related("licence")
    return [
        Wanted(row.licence_id, row.licence.name, row.term, row.billing_cycle, row.quantity,
               row.unit_price)
        for row in lines
    ]  # fmt: skip


def of_service(tenant: Tenant) -> list[Wanted]:
    """What a service holds."""
    held = tenant.subscriptions.filter(status__in=[Status.ACTIVE, Status.PENDING])
    return [
        Wanted(row.licence_id, row.name, row.term, row.billing_cycle, row.quantity,
               row.unit_price)
        for row in held.exclude(is_trial=True)
    ]  # fmt: skip


def today(*, actor: Actor, wanted: Iterable[Wanted], tenant: Tenant | None) -> list[Row]:
    """Each at today's price for this service, or for a new customer."""
    on_sale = {licence.pk: licence for licence in catalogue_for(actor, tenant)}
    tariff = Tariff.of(actor.account)
    rows: list[Row] = []
    for each in wanted:
        licence = on_sale.get(each.licence_id or 0)
        taken = any(row.value and row.wanted.licence_id == each.licence_id for row in rows)
        rows.append(_row(each, licence, tariff, is_second=taken))
    return rows


def typed(rows: Iterable[Row]) -> dict[str, str]:
    """What the order form would hold."""
    fields = {"form_key": str(uuid.uuid4())}
    for row in rows:
        if row.value:
            fields[f"plan_{row.wanted.licence_id}"] = row.value
            fields[f"quantity_{row.wanted.licence_id}"] = str(row.wanted.quantity)
    return fields


def _row(wanted: Wanted, licence: Licence | None, tariff: Tariff, *, is_second: bool) -> Row:
    if licence is None:
        return Row(wanted, "", None, _("No longer sold, or not to this customer."))
    if is_second:
        return Row(wanted, "", None, _("A second term of the same licence: order it by itself."))
    price = _price(wanted, licence)
    if price is None:
        return Row(wanted, "", None, _("No longer sold for this term. Choose another term."))
    shown = tariff.price(licence, price)
    return Row(wanted, plan_value(price, shown), shown, "")


def _price(wanted: Wanted, licence: Licence) -> Price | None:
    prices: list[Price] = licence.prices_now  # type: ignore[attr-defined]
    plan = (wanted.term, wanted.billing_cycle)
    return next((p for p in prices if (p.term, p.billing_cycle) == plan), None)
