"""REST of the catalogue and of subscriptions."""

from subscriptions.api.changes import Cancel, Changes, PreviewChange, Schedule, Seats, Upgrades
from subscriptions.api.renewals import Renewals
from subscriptions.api.subscriptions import Catalogue, OneSubscription, Subscriptions

__all__ = [
    "Cancel",
    "Catalogue",
    "Changes",
    "OneSubscription",
    "PreviewChange",
    "Renewals",
    "Schedule",
    "Seats",
    "Subscriptions",
    "Upgrades",
]
