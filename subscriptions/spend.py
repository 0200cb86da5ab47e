"""What licences cost in a month, whatever the rhythm in which they are paid."""

from decimal import Decimal
from typing import Any

from django.db.models import Case, DecimalField, F, Q, QuerySet, Value, When
from django.db.models.functions import Lower

from subscriptions.rules.terms import CYCLE_MONTHS

_MONEY: DecimalField[Any, Any] = DecimalField(max_digits=18, decimal_places=6)


def with_monthly(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Subscriptions with `monthly`: a yearly payment counts a twelfth, one for three years a
    thirty-sixth; trials cost nothing; nothing is known where the rhythm is not."""
    months = Case(*(When(cycle=word, then=Value(n)) for word, n in CYCLE_MONTHS.items()))
    monthly = Case(
        When(is_trial=True, then=Value(Decimal(0))),
        When(~Q(cycle__in=list(CYCLE_MONTHS)), then=None),
        default=F("unit_price") * F("quantity") / months,
        output_field=_MONEY,
    )
    found: QuerySet[Any] = rows.alias(cycle=Lower("billing_cycle")).annotate(monthly=monthly)
    return found
