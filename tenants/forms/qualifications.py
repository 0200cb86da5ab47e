"""The form that asks Microsoft to qualify a customer."""

from django import forms
from django.utils.translation import gettext_lazy as _

from common.segments import Segment
from tenants.models import EducationKind
from tenants.qualifications import ASKABLE


class QualificationForm(forms.Form):
    """What Microsoft wants to know of a school, a nonprofit or an authority."""

    segment = forms.ChoiceField(
        label=_("This customer is"),
        choices=[(each.value, each.label) for each in ASKABLE],
        widget=forms.RadioSelect,
        initial=Segment.EDUCATION,
    )
    education_kind = forms.ChoiceField(
        label=_("Kind of school"),
        choices=[("", "–"), *EducationKind.choices],
        required=False,
        help_text=_("For education only."),
    )
    website = forms.URLField(
        label=_("Website"),
        required=False,
        assume_scheme="https",
        help_text=_("For education: Microsoft looks there whether it is a school."),
    )
