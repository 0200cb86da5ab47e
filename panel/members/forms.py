"""Role and reach on one form."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import ReachKind, Role


class MemberForm(forms.Form):
    """What a member may do, and where. The services stand beside it: see `picking`."""

    role = forms.ChoiceField(label=_("Role"), choices=Role.choices, initial=Role.VIEWER)
    reach = forms.ChoiceField(
        label=_("Services this person sees"),
        choices=ReachKind.choices,
        initial=ReachKind.ALL,
        widget=forms.RadioSelect,
        help_text=_(
            "New services are seen with “all” and “all but the chosen”. Who sees only some sees "
            "nothing of the account's cashback either, and orders no new services."
        ),
    )
    chosen = forms.CharField(label=_("Chosen services"), required=False, widget=forms.HiddenInput)


class InviteMemberForm(MemberForm):
    email = forms.EmailField(label=_("E-mail address"))
    field_order = ("email", "role", "reach")
