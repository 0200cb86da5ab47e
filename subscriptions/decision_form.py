"""An owner's yes or no, with a reason."""

from django import forms
from django.utils.translation import gettext_lazy as _

from subscriptions.services import Seen

DECISIONS = [("approve", _("Approve")), ("refuse", _("Do not approve"))]


class DecisionForm(forms.Form):
    """Each decision has its own button."""

    decision = forms.ChoiceField(choices=DECISIONS)
    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        required=False,
        help_text=_("The person who asked reads it. Needed when you do not approve."),
    )


class ChangeDecisionForm(DecisionForm):
    """With the money that stood beside the button; none where the change was impossible."""

    seen_now = forms.DecimalField(required=False, widget=forms.HiddenInput)
    seen_period = forms.DecimalField(required=False, widget=forms.HiddenInput)

    def seen(self) -> Seen | None:
        amount = self.cleaned_data["seen_now"]
        return None if amount is None else Seen(amount, self.cleaned_data["seen_period"])
