"""The filter by licence: the names of what the account has bought."""

from django import forms
from django.utils.translation import gettext as _

from panel.lists.filters import Filters
from subscriptions.access import subscriptions_of
from subscriptions.models import Licence


def licence_choices(form: Filters) -> None:
    """Offer just these names in the form's field `licence`."""
    bought = subscriptions_of(form.actor).order_by().values("licence").distinct()
    names = Licence.objects.filter(pk__in=bought).order_by("name").values_list("name", flat=True)
    field = form.fields["licence"]
    assert isinstance(field, forms.ChoiceField)
    field.choices = [("", _("All")), *((name, name) for name in names.distinct())]
