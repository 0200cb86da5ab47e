"""The renewal calendar: one list for the page and the API."""

from dataclasses import dataclass
from datetime import UTC, date
from decimal import Decimal
from typing import Any, Final

from django import forms
from django.db.models import (
    Case,
    Count,
    DateField,
    DecimalField,
    F,
    IntegerField,
    Q,
    QuerySet,
    Sum,
    Value,
    When,
)
from django.db.models.expressions import CombinedExpression
from django.db.models.fields.json import KT
from django.db.models.functions import Cast, Coalesce, NullIf, TruncDate, TruncMonth
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _

from subscriptions.models import EndChoice, Subscription

UNDECIDED: Final = "undecided"
ENDS: Final = [*EndChoice.choices, (UNDECIDED, _("nobody has chosen"))]

_MONEY: Final = DecimalField(max_digits=14, decimal_places=4)


def with_outlook(rows: QuerySet[Subscription]) -> QuerySet[Subscription]:
    """Each with `outlook`, a choice of `ENDS`."""
    outlook = Case(
        When(auto_renew=True, then=Value(EndChoice.RENEW)),
        When(end_choice="", then=Value(UNDECIDED)),
        default=F("end_choice"),
    )
    return rows.annotate(outlook=outlook)


def with_next_term(rows: QuerySet[Subscription]) -> QuerySet[Subscription]:
    """Each also with `next_quantity`, and `next_amount` per period.

    The amount is at today's price; nothing where the subscription ends.
    """
    scheduled = Cast(NullIf(KT("scheduled__quantity"), Value("")), IntegerField())
    return with_outlook(rows).annotate(
        next_quantity=Coalesce(scheduled, F("quantity"), output_field=IntegerField()),
        next_amount=Case(
            When(Exact(F("outlook"), Value(EndChoice.CANCEL)), then=Value(Decimal(0))),
            default=F("next_quantity") * F("unit_price"),
            output_field=_MONEY,
        ),
    )


def with_day(rows: QuerySet[Subscription]) -> QuerySet[Subscription]:
    """Each with the `day` (UTC) of what follows: of its renewal, the one after the term's last;
    else the last."""
    last = TruncDate("commitment_ends_at", tzinfo=UTC)
    later = Case(When(auto_renew=True, then=Value(1)), default=Value(0))
    day = CombinedExpression(last, "+", later, output_field=DateField())
    return rows.annotate(day=day)


class RenewalFilter(forms.Form):
    """By what happens, by month, by service, by name; what is not understood finds nothing."""

    outlook = forms.ChoiceField(
        label=_("At the end of the term"), choices=[("", _("All")), *ENDS], required=False
    )
    month = forms.RegexField(
        r"^\d{4}-(0[1-9]|1[0-2])$",
        label=_("Month"),
        required=False,
        help_text=_("Year and month, for example 2027-03."),
        error_messages={"invalid": _("Enter year and month, for example 2027-03.")},
    )
    day = forms.DateField(
        label=_("Day (UTC)"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("Of the renewal, or the last one."),
    )
    tenant = forms.CharField(label=_("Service"), required=False, max_length=80)
    name = forms.CharField(label=_("Licence name"), required=False, max_length=120)

    def kept(self, rows: QuerySet[Subscription]) -> QuerySet[Subscription]:
        """The rows that pass."""
        if not self.is_valid():
            return rows.none()
        asked = self.cleaned_data
        if asked["outlook"]:
            rows = rows.filter(Exact(F("outlook"), Value(asked["outlook"])))
        if asked["month"]:
            year, month = asked["month"].split("-")
            rows = rows.filter(commitment_ends_at__year=year, commitment_ends_at__month=month)
        if asked["day"]:
            rows = with_day(rows).filter(Exact(F("day"), Value(asked["day"])))
        if asked["tenant"]:
            rows = rows.filter(
                Q(tenant__service_name__icontains=asked["tenant"])
                | Q(tenant__display_name__icontains=asked["tenant"])
            )
        return rows.filter(name__icontains=asked["name"]) if asked["name"] else rows


@dataclass(frozen=True)
class Month:
    """What ends in a month, in one currency."""

    first: date
    currency: str
    subscriptions: int
    amount: Decimal
    undecided: int

    @property
    def value(self) -> str:
        """As the filter wants it."""
        return f"{self.first:%Y-%m}"


def per_month(rows: QuerySet[Subscription]) -> list[Month]:
    """Sums over all pages; one query."""
    found: Any = (
        rows.order_by()
        .annotate(first=TruncMonth("commitment_ends_at", tzinfo=UTC))
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
