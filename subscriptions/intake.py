"""What a page asks Microsoft before anything is placed."""

from django.utils.translation import gettext as _

from common.errors import RemoteError
from subscriptions.models import Subscription
from subscriptions.remote.upgrades import Target, targets_of


def offered(subscription: Subscription) -> tuple[list[Target], str]:
    """The upgrades of this moment, and a sentence when none can be told."""
    try:
        targets = targets_of(subscription)
    except RemoteError:
        return [], _("Microsoft cannot be asked right now. Try again in a moment.")
    if not targets:
        return [], _("Microsoft offers no upgrade for this licence.")
    return targets, ""
