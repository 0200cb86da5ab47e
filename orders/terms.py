"""Term and billing of a licence as one choice of the form: `P1Y|Monthly|4.7`."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from subscriptions.models import Licence, Price
from subscriptions.plans import plan_label
from subscriptions.tariff import Tariff


def plan_value(price: Price, shown: Decimal) -> str:
    """Term, billing and the reseller's price as shown, so that a later one is noticed."""
    return f"{price.term}|{price.billing_cycle}|{shown.normalize():f}"


class PlanWidget(forms.Select):
    """Options that carry their price for the running total."""

    def create_option(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option: dict[str, Any] = super().create_option(*args, **kwargs)
        option["attrs"]["data-price"] = str(option["value"]).rpartition("|")[2]
        return option


class PlanField(forms.ChoiceField):
    """A plan; one with another price is still read, so that its change can be told."""

    def valid_value(self, value: Any) -> bool:
        head, _bar, price = str(value).rpartition("|")
        return head in self._by_head() and price.replace(".", "", 1).isdecimal()

    def prepare_value(self, value: Any) -> str:
        """The page shows today's price of the plan that was sent, or kept in a draft."""
        return self._by_head().get(str(value or "").rpartition("|")[0], self.first)

    @property
    def first(self) -> str:
        """What a browser shows as chosen before anybody chooses."""
        return next(iter(self._by_head().values()), "")

    def _by_head(self) -> dict[str, str]:
        choices: list[Any] = list(self.choices)  # type: ignore[arg-type]
        return {str(value).rpartition("|")[0]: str(value) for value, _label in choices}


def plan_field(licence: Licence, tariff: Tariff) -> PlanField:
    """The terms for which a licence is sold today, at the reseller's prices."""
    prices = sorted(licence.prices_now, key=lambda p: (p.term, p.billing_cycle != "Monthly"))  # type: ignore[attr-defined]
    field = PlanField(
        label=_("Term of %(licence)s") % {"licence": licence.name},
        required=False,
        choices=[
            (plan_value(p, tariff.price(licence, p)), plan_label(p.term, p.billing_cycle))
            for p in prices
        ],
        widget=PlanWidget(attrs={"data-plan": ""}),
    )
    field.initial = field.first
    return field
