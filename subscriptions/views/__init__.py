"""Pages of subscriptions."""

from subscriptions.views.approvals import approval, decide, take_back
from subscriptions.views.changes import change, upgrade
from subscriptions.views.details import look, subscription
from subscriptions.views.prices import price_changes
from subscriptions.views.renewals import renewals

__all__ = [
    "approval",
    "change",
    "decide",
    "look",
    "price_changes",
    "renewals",
    "subscription",
    "take_back",
    "upgrade",
]
