"""Forms of a delegation: the wish, and its second validation."""

import uuid
from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from accounts.models import PartnerId
from tenants.forms.agreement import AgreementForm
from tenants.models import Delegation
from tenants.wishes import Attested, DelegationWish, tenant_name


class DelegationForm(forms.Form):
    """A platform created at Microsoft beforehand: which one, and whom to ask."""

    form_key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    mpn_id = forms.ChoiceField(
        label=_("MPN ID"),
        help_text=_("The Partner ID under which Microsoft records the sale."),
        error_messages={
            "required": _("Choose one of your MPN IDs."),
            "invalid_choice": _("Choose one of your MPN IDs."),
        },
    )
    tenant_name = forms.CharField(
        label=_("Existing tenant"),
        max_length=70,
        help_text=_(
            "Its exact first name, ending in .onmicrosoft.com: in the Microsoft 365 admin center "
            "under Settings, Domains."
        ),
    )
    company = forms.CharField(label=_("Company"), max_length=100, min_length=2)
    first_name = forms.CharField(label=_("First name"), max_length=50)
    last_name = forms.CharField(label=_("Last name"), max_length=50)
    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("An administrator of the tenant: receives the consent link."),
    )
    phone = forms.CharField(label=_("Phone"), max_length=30, required=False)
    language = forms.ChoiceField(
        label=_("Language of the mails to the customer"), choices=settings.LANGUAGES
    )

    def __init__(self, *args: Any, partners: Iterable[PartnerId], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["form_key"].initial = uuid.uuid4
        field = self.fields["mpn_id"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(p.mpn_id, str(p)) for p in partners]

    def clean_tenant_name(self) -> str:
        return tenant_name(self.cleaned_data["tenant_name"])

    def wish(self) -> DelegationWish:
        data = {**self.cleaned_data}
        data["form_key"] = data.get("form_key") or uuid.uuid4()
        return DelegationWish(**data)


class ValidateForm(AgreementForm):
    """The tenant's name typed once more and, unless Microsoft has it, who accepted what."""

    name = forms.CharField(
        label=_("Name of the tenant"),
        max_length=70,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    field_order = ("name",)

    def __init__(self, *args: Any, delegation: Delegation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].help_text = _("Type %(name)s to confirm.") % {
            "name": delegation.tenant_name
        }
        self.needs_agreement = not delegation.has_agreement
        if not self.needs_agreement:
            for name in [name for name in self.fields if name != "name"]:
                del self.fields[name]

    def said(self) -> Attested | None:
        """None where Microsoft has the agreement."""
        return self.attested() if self.needs_agreement else None
