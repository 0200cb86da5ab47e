"""REST of the catalogue and of subscriptions."""

from subscriptions.api.approvals import (
    Approve,
    OneWaitingChange,
    Refuse,
    TakeBack,
    WaitingChanges,
)
from subscriptions.api.catalogue import Catalogue, PriceChanges, PriceHistory, TenantCatalogue
from subscriptions.api.changes import Cancel, Changes, PreviewChange, Schedule, Seats, Upgrades
from subscriptions.api.renewals import Renewals
from subscriptions.api.subscriptions import OneSubscription, Subscriptions

__all__ = [
    "Approve",
    "Cancel",
    "Catalogue",
    "Changes",
    "OneSubscription",
    "OneWaitingChange",
    "PreviewChange",
    "PriceChanges",
    "PriceHistory",
    "Refuse",
    "Renewals",
    "Schedule",
    "Seats",
    "Subscriptions",
    "TakeBack",
    "TenantCatalogue",
    "Upgrades",
    "WaitingChanges",
]
