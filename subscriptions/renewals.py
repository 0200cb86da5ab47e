"""The renewal calendar: one list for the page and the API."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

import django_filters
from django.db.models import Case, Count, DecimalField, F, IntegerField, QuerySet, Sum, Value, When
from django.db.models.fields.json import KT
from django.db.models.functions import Cast, Coalesce, NullIf, TruncMonth
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _

from subscriptions.models import EndChoice, Subscription

UNDECIDED: Final = "undecided"
ENDS: Final = [*EndChoice.choices, (UNDECIDED, _("nobody has chosen"))]

_MONEY: Final = DecimalField(max_digits=14, decimal_places=4)


def with_outlook(rows: QuerySet[Subscription]) -> QuerySet[Subscription]:
    """Each with `outlook` (a choice of `ENDS`), `next_quantity`, and `next_amount` per period.

    The amount is at today's price; nothing where the subscription ends.
    """
    outlook = Case(
        When(auto_renew=True, then=Value(EndChoice.RENEW)),
        When(end_choice="", then=Value(UNDECIDED)),
        default=F("end_choice"),
    )
    scheduled = Cast(NullIf(KT("scheduled__quantity"), Value("")), IntegerField())
    return rows.annotate(
        outlook=outlook,
        next_quantity=Coalesce(scheduled, F("quantity")),
        next_amount=Case(
            When(Exact(F("outlook"), Value(EndChoice.CANCEL)), then=Value(Decimal(0))),
            default=F("next_quantity") * F("unit_price"),
            output_field=_MONEY,
        ),
    )


class RenewalFilter(django_filters.FilterSet):
    """By what happens, by month, by service, by name."""

    outlook = django_filters.ChoiceFilter(
        label=_("At the end of the term"), choices=ENDS, empty_label=_("All")
    )
    month = django_filters.CharFilter(label=_("Month"), method="of_month")
    tenant = django_filters.CharFilter(label=_("Service"), field_name="tenant__service_name")
    name = django_filters.CharFilter(label=_("Licence name"), lookup_expr="icontains")

    class Meta:
        model = Subscription
        fields: list[str] = []

    def of_month(
        self, rows: QuerySet[Subscription], _name: str, value: str
    ) -> QuerySet[Subscription]:
        """`2027-03`; what is no month finds nothing."""
        try:
            first = date.fromisoformat(f"{value}-01")
        except ValueError:
            return rows.none()
        return rows.filter(
            commitment_ends_at__year=first.year, commitment_ends_at__month=first.month
        )


@dataclass(frozen=True)
class Month:
    """What ends in a month, in one currency."""

    first: date
    currency: str
    subscriptions: int
    amount: Decimal
    undecided: int


def per_month(rows: QuerySet[Subscription]) -> list[Month]:
    """Sums over all pages; one query."""
    found: Any = (
        rows.order_by()
        .annotate(first=TruncMonth("commitment_ends_at"))
        .values("first", "currency")
        .annotate(
            number=Count("pk"),
            amount=Sum("next_amount"),
            open=Count(Case(When(outlook=UNDECIDED, then=1))),
        )
        .order_by("first", "currency")
    )
    return [
        Month(row["first"].date(), row["currency"], row["number"], row["amount"], row["open"])
        for row in found
    ]
