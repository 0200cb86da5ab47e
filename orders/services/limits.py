"""How much one order may charge."""

from collections.abc import Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from accounts.models import Account
from common.refusals import Impossible
from orders.lines import Priced
from subscriptions import rules


def check_limit(account: Account, lines: Sequence[Priced]) -> None:
    """Raises Impossible when the first charge exceeds the account's spend limit."""
    limit = account.spend_limit
    if limit is not None and rules.total(line.amount for line in lines) > limit:
        raise Impossible(over_limit(limit, account.currency), field="lines", code="spend_limit")


def over_limit(limit: Decimal, currency: str) -> str:
    """The sentence that says so."""
    text = _("This exceeds the spend limit of %(limit)s %(currency)s per order.")
    return text % {"limit": limit, "currency": currency}
