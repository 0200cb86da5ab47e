"""An owner's yes or no, with a reason."""

from django import forms
from django.utils.translation import gettext_lazy as _

DECISIONS = [("approve", _("Approve")), ("refuse", _("Do not approve"))]


class DecisionForm(forms.Form):
    """Each decision has its own button."""

    decision = forms.ChoiceField(choices=DECISIONS)
    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        required=False,
        help_text=_("The person who ordered reads it. Needed when you do not approve."),
    )
