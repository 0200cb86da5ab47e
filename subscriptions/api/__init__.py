"""REST of the catalogue and of subscriptions."""

from subscriptions.api.catalogue import Catalogue, PriceChanges, PriceHistory, TenantCatalogue
from subscriptions.api.changes import Cancel, Changes, PreviewChange, Schedule, Seats, Upgrades
from subscriptions.api.renewals import Renewals
from subscriptions.api.subscriptions import OneSubscription, Subscriptions

__all__ = [
    "Cancel",
    "Catalogue",
    "Changes",
    "OneSubscription",
    "PreviewChange",
    "PriceChanges",
    "PriceHistory",
    "Renewals",
    "Schedule",
    "Seats",
    "Subscriptions",
    "TenantCatalogue",
    "Upgrades",
]
