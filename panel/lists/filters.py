"""Filters of lists, as they stand in the address."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from accounts.access import Actor

LONGEST_TERM_DAYS = 3 * 366
UNKNOWN = _("“%(value)s” is not known here. This filter is ignored.")
NOT_DAYS = _("Enter a whole number of days, at most three years. This filter is ignored.")

NO_DATE = _("Enter a day, for example 2027-03-31. This filter is ignored.")


class Filters(forms.Form):
    """Each field `x` narrows the rows by the method `by_x`; one not understood is left out."""

    search = forms.CharField(label=_("Search"), required=False, max_length=100)

    def __init__(self, query: QueryDict, *, actor: Actor) -> None:
        super().__init__(query)
        self.actor = actor

    def kept(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """The rows that pass all filters that were understood."""
        for name, value in self.asked.items():
            rows = getattr(self, f"by_{name}")(rows, value)
        return rows

    @property
    def asked(self) -> dict[str, Any]:
        """The filters that are set and understood, by name."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value not in (None, "")}

    def by_search(self, rows: QuerySet[Any], text: str) -> QuerySet[Any]:
        """Rows that carry this text in one of the places named in the field's help."""
        raise NotImplementedError


def choice(label: Any, choices: list[Any]) -> forms.ChoiceField:
    """One of a few, or all."""
    return forms.ChoiceField(
        label=label,
        choices=[("", _("All")), *choices],
        required=False,
        error_messages={"invalid_choice": UNKNOWN},
    )


def a_day(label: Any) -> forms.DateField:
    """A day of the account's zone."""
    return forms.DateField(
        label=label,
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"invalid": NO_DATE},
    )


def days(label: Any) -> forms.IntegerField:
    """A number of days from now."""
    return forms.IntegerField(
        label=label,
        required=False,
        min_value=0,
        max_value=LONGEST_TERM_DAYS,
        error_messages=dict.fromkeys(["invalid", "min_value", "max_value"], NOT_DAYS),
    )
