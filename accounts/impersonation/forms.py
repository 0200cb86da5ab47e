"""What staff is asked before it looks, and before it changes something."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Account, Membership, Role
from accounts.services.support import SHORTEST_REASON


class MemberField(forms.ModelChoiceField[Membership]):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.user.email} ({Role(obj.role).short})"


class BeginForm(forms.Form):
    """Whose place, and why."""

    membership = MemberField(Membership.objects.none(), label=_("See it as"), empty_label=None)
    reason = forms.CharField(
        label=_("Reason"),
        min_length=SHORTEST_REASON,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The account's owners are told, and read it in their audit."),
    )

    def __init__(self, *args: Any, account: Account, **named: Any) -> None:
        super().__init__(*args, **named)
        field = self.fields["membership"]
        assert isinstance(field, forms.ModelChoiceField)
        rows = account.memberships.filter(user__is_active=True).select_related("user")
        field.queryset = rows.order_by("user__email")


class ChangesForm(forms.Form):
    sure = forms.BooleanField(
        label=_("I will change something in this account, and its owners know of it.")
    )
