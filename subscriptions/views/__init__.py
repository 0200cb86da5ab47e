"""Pages of subscriptions."""

from subscriptions.views.changes import change, upgrade
from subscriptions.views.details import look, subscription
from subscriptions.views.renewals import renewals

__all__ = ["change", "look", "renewals", "subscription", "upgrade"]
