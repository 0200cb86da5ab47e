"""Forms of subscriptions: each makes a wish."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from common.templatetags.values import money
from subscriptions import wishes
from subscriptions.models import EndChoice, Licence, Subscription
from subscriptions.plans import Plan, paid_licence, plan_of, plans_of
from subscriptions.rules import Change, changes
from subscriptions.services import Seen


class WishForm(forms.Form):
    """A wish about one subscription, and what its author has seen of the money."""

    seen_now = forms.DecimalField(required=False, widget=forms.HiddenInput)
    seen_period = forms.DecimalField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, subscription: Subscription, **kwargs: Any) -> None:
        self.subscription = subscription
        super().__init__(*args, **kwargs)
        self.prepare()

    def prepare(self) -> None:
        """Choices that depend on the subscription."""

    def wish(self) -> Change:
        """The change that a valid form stands for."""
        raise NotImplementedError

    def seen(self) -> Seen | None:
        """The money that stood beside the button, if any did."""
        amount = self.cleaned_data["seen_now"]
        return None if amount is None else Seen(amount, self.cleaned_data["seen_period"])


class CancelForm(WishForm):
    def wish(self) -> Change:
        return changes.Cancel()


class SuspendForm(WishForm):
    def wish(self) -> Change:
        return changes.Suspend()


class ReactivateForm(WishForm):
    def wish(self) -> Change:
        return changes.Reactivate()


class ClearForm(WishForm):
    def wish(self) -> Change:
        return changes.ClearSchedule()


def _seats(**more: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=_("Number of licences"),
        min_value=1,
        max_value=100_000,
        error_messages={"invalid": _("Enter a whole number.")},
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        **more,
    )


class SeatsForm(WishForm):
    """The new total number of licences."""

    quantity = _seats()

    def prepare(self) -> None:
        self.fields["quantity"].initial = self.subscription.quantity

    def wish(self) -> Change:
        return changes.SetSeats(quantity=self.cleaned_data["quantity"])


class RenameForm(WishForm):
    name = forms.CharField(label=_("Name"), max_length=120)

    def prepare(self) -> None:
        self.fields["name"].initial = self.subscription.name

    def wish(self) -> Change:
        return changes.Rename(name=self.cleaned_data["name"])


class EndForm(WishForm):
    """Renew, cancel or extend: nothing is chosen beforehand that nobody has chosen."""

    choice = forms.ChoiceField(
        label=_("At the end of the term"), choices=EndChoice, widget=forms.RadioSelect
    )

    def prepare(self) -> None:
        self.fields["choice"].initial = self.subscription.end_choice

    def wish(self) -> Change:
        return changes.ChooseEnd(choice=self.cleaned_data["choice"])


class PlanForm(WishForm):
    """A longer term, or another way of paying."""

    plan = forms.ChoiceField(label=_("Term and payment"), widget=forms.RadioSelect)

    def prepare(self) -> None:
        row = self.subscription
        plans = plans_of(row.licence, row)
        own = f"{row.term}|{row.billing_cycle}"
        _choose(self.fields["plan"], [plan for plan in plans if plan.value != own])

    def wish(self) -> Change:
        return wishes.plan_change(self.subscription, **_named(self.cleaned_data["plan"]))


class ScheduleForm(WishForm):
    """What changes when the subscription renews; what is left empty stays as it is."""

    quantity = _seats(required=False)
    plan = forms.ChoiceField(label=_("Term and payment"), required=False)

    def prepare(self) -> None:
        row = self.subscription
        plans = plans_of(row.licence, row)
        _choose(self.fields["plan"], plans, empty=gettext("as now"))
        self.fields["quantity"].initial = row.scheduled.get("quantity") or row.quantity
        kept = f"{row.scheduled.get('term')}|{row.scheduled.get('billing_cycle')}"
        self.fields["plan"].initial = kept if row.scheduled else ""

    def wish(self) -> Change:
        plan, quantity = _named(self.cleaned_data["plan"]), self.cleaned_data["quantity"]
        return wishes.at_renewal(self.subscription, quantity=quantity, **plan)


class TrialForm(WishForm):
    """What a trial becomes at its end: as many seats as are really needed."""

    quantity = _seats()
    plan = forms.ChoiceField(label=_("Term and payment"), widget=forms.RadioSelect)

    def prepare(self) -> None:
        row = self.subscription
        self.paid = paid_licence(row)
        _choose(self.fields["plan"], plans_of(self.paid, row))

    def wish(self) -> Change:
        return wishes.at_renewal(
            self.subscription,
            quantity=self.cleaned_data["quantity"],
            product=self.paid.code if self.paid else "",
            **_named(self.cleaned_data["plan"]),
        )


class UpgradeForm(WishForm):
    """Another licence for some or all of the seats; `targets` is what Microsoft allows today."""

    product = forms.ChoiceField(label=_("Licence"), widget=forms.RadioSelect)
    quantity = _seats()

    def __init__(self, *args: Any, targets: list[Licence], **kwargs: Any) -> None:
        self.targets = targets
        super().__init__(*args, **kwargs)

    def prepare(self) -> None:
        row = self.subscription
        self.fields["product"].choices = [  # type: ignore[attr-defined]
            (licence.code, _offer(licence, plan))
            for licence in self.targets
            if (plan := plan_of(licence, row, row.term, row.billing_cycle))
        ]
        self.fields["quantity"].initial = row.quantity

    def wish(self) -> Change:
        asked = self.cleaned_data
        return wishes.upgrade(
            self.subscription, product=asked["product"], quantity=asked["quantity"]
        )


def _offer(licence: Licence, plan: Plan) -> str:
    price = money(plan.unit_price, plan.currency)
    return gettext("%(name)s: %(price)s per licence") % {"name": licence.name, "price": price}


def _named(value: str) -> dict[str, str]:
    """A chosen plan as `term` and `billing_cycle`; both empty when none was chosen."""
    term, _bar, billing_cycle = value.partition("|")
    return {"term": term, "billing_cycle": billing_cycle}


def _choose(field: forms.Field, plans: list[Plan], empty: str = "") -> None:
    """Offer these plans, each with its price."""
    told = [(plan.value, _told(plan)) for plan in plans]
    field.choices = [("", empty), *told] if empty else told  # type: ignore[attr-defined]


def _told(plan: Plan) -> str:
    price = money(plan.unit_price, plan.currency)
    return gettext("%(plan)s: %(price)s per licence") % {"plan": plan.label, "price": price}
