"""When cancelling a subscription asks for more than a second look."""

from decimal import Decimal

from django.utils.translation import gettext as _

from common.templatetags.values import money
from subscriptions.models import Status, Subscription
from subscriptions.rules import Change, Preview, changes

PAID_AHEAD = ("P1Y", "P3Y")


def reasons_of(subscription: Subscription, change: Change, preview: Preview) -> list[str]:
    """Why this deed is grave, in sentences; empty: it can be undone, or little is lost."""
    if not isinstance(change, changes.Cancel):
        return []
    account, reasons = subscription.tenant.account, []
    others = subscription.tenant.subscriptions.filter(status=Status.ACTIVE)
    if not others.exclude(pk=subscription.pk).exists():
        reasons.append(_("It is the last subscription of this service: nobody keeps a licence."))
    if account.must_approve(_worth(preview)):
        limit = money(account.approval_above, account.currency)
        reasons.append(_("It is worth more than %(limit)s.") % {"limit": limit})
    if subscription.term in PAID_AHEAD and preview.period_before > 0 and preview.amount_now >= 0:
        reasons.append(_("Nothing of what was paid is refunded."))
    return reasons


def _worth(preview: Preview) -> Decimal:
    """What is credited, or was paid per period: the greater."""
    return max(-preview.amount_now, preview.period_before)
