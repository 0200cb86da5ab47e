"""The end customer in a form: asked for in the order, corrected when Microsoft refuses."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from orders.countries import COUNTRIES
from orders.wishes import Contact


class CustomerForm(forms.Form):
    """Contact, address and sub-domain."""

    company = forms.CharField(label=_("Company"), max_length=100, min_length=2)
    first_name = forms.CharField(label=_("First name"), max_length=50)
    last_name = forms.CharField(label=_("Last name"), max_length=50)
    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("Receives the login and password of the Microsoft platform."),
    )
    phone = forms.CharField(label=_("Phone"), max_length=30)
    address = forms.CharField(label=_("Address"), max_length=200)
    address2 = forms.CharField(label=_("Address, second line"), max_length=200, required=False)
    postal_code = forms.CharField(label=_("Postal code"), max_length=20)
    city = forms.CharField(label=_("City"), max_length=100)
    region = forms.CharField(label=_("State or province"), max_length=40, required=False)
    country = forms.ChoiceField(label=_("Country"), choices=COUNTRIES)
    registration_number = forms.CharField(
        label=_("Company number"),
        max_length=40,
        required=False,
        help_text=_("Only for countries in which Microsoft asks for it."),
    )
    language = forms.ChoiceField(
        label=_("Language of the mails to the customer"), choices=settings.LANGUAGES
    )
    subdomain = forms.CharField(
        label=_("Sub-domain"),
        max_length=60,
        required=False,
        help_text=_("The name before .onmicrosoft.com; it can never be changed."),
    )

    def clean_subdomain(self) -> str:
        return str(self.cleaned_data["subdomain"]).strip().lower().removesuffix(".onmicrosoft.com")

    def contact(self) -> Contact:
        """The end customer; call it when the form is valid."""
        data = self.cleaned_data
        names = Contact.__dataclass_fields__
        return Contact(**{name: data[name] for name in names})
