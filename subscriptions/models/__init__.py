"""Catalogue (what may be bought, at which price) and subscriptions (what has been)."""

from subscriptions.models.licences import Licence
from subscriptions.models.prices import Price
from subscriptions.models.subscriptions import EndChoice, Origin, Status, Subscription

__all__ = ["EndChoice", "Licence", "Origin", "Price", "Status", "Subscription"]
