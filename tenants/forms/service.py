"""Forms of licence groups."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import PartnerId, PartnerState
from tenants.models import Tenant
from tenants.services import MAIL, SHOW


class RenameForm(forms.Form):
    display_name = forms.CharField(label=_("Display name"), max_length=100)


class PartnerForm(forms.Form):
    """Under which of the account's valid MPN IDs the service is ordered from now on."""

    partner_id = forms.ModelChoiceField(
        label=_("MPN ID"), queryset=PartnerId.objects.none(), empty_label=None
    )

    def __init__(self, *args: Any, tenant: Tenant, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = tenant.account.partner_ids.filter(state=PartnerState.VALID)
        field = cast(forms.ModelChoiceField[PartnerId], self.fields["partner_id"])
        field.queryset = offered.exclude(pk=tenant.partner_id_id).order_by("mpn_id")


class ResetForm(forms.Form):
    """Where the new password goes."""

    delivery = forms.ChoiceField(
        label=_("The new password is"),
        choices=[
            (SHOW, _("shown once, here, to me")),
            (MAIL, _("mailed to the customer")),
        ],
        widget=forms.RadioSelect,
        initial=SHOW,
    )
