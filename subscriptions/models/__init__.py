"""Catalogue (what may be bought, at which price) and subscriptions (what has been)."""

from common.segments import Segment
from subscriptions.models.holdings import HoldingChange
from subscriptions.models.licences import Licence, Plan
from subscriptions.models.prices import Price
from subscriptions.models.pricing import MarginRule
from subscriptions.models.subscriptions import (
    EndChoice,
    Origin,
    Status,
    Subscription,
    SubscriptionQuerySet,
    has_window,
)

__all__ = [
    "EndChoice",
    "HoldingChange",
    "Licence",
    "MarginRule",
    "Origin",
    "Plan",
    "Price",
    "Segment",
    "Status",
    "Subscription",
    "SubscriptionQuerySet",
    "has_window",
]
