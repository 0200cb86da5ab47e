"""Use cases of orders. They write rows and the journey in one transaction and touch no network."""

from orders.services.approvals import approve, needs_owner, refuse, waiting_step
from orders.services.customer import correct_customer, correctable
from orders.services.drafts import find as find_draft
from orders.services.drafts import forget as forget_draft
from orders.services.drafts import keep as keep_draft
from orders.services.placing import (
    judge_more,
    judge_wish,
    order_more,
    order_platform,
    partner_for,
    same_form,
)
from orders.services.prices import accept_prices, asked_now, price_change

__all__ = [
    "accept_prices",
    "approve",
    "asked_now",
    "correct_customer",
    "correctable",
    "find_draft",
    "forget_draft",
    "judge_more",
    "judge_wish",
    "keep_draft",
    "needs_owner",
    "order_more",
    "order_platform",
    "partner_for",
    "price_change",
    "refuse",
    "same_form",
    "waiting_step",
]
