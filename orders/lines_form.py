"""The table of licences of an order: for each a plan (term, billing, price seen) and a quantity."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from orders.limits import MOST_SEATS, Held, advice
from orders.terms import plan_field
from orders.wishes import LineWish, MoreWish
from subscriptions.models import Licence
from subscriptions.tariff import Tariff
from tenants.terms import Terms

WHOLE = _("Enter a whole number.")


class LinesForm(forms.Form):
    """Licences at the reseller's prices; `held` is what the customer has already."""

    form_key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        *args: Any,
        licences: Iterable[Licence],
        tariff: Tariff,
        held: Held | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.licences = list(licences)
        self.held = held or Held()
        self.fields["form_key"].initial = uuid.uuid4
        for licence in self.licences:
            self.fields[f"plan_{licence.pk}"] = plan_field(licence, tariff)
            self.fields[f"quantity_{licence.pk}"] = self._quantity_field(licence)

    def _quantity_field(self, licence: Licence) -> forms.IntegerField:
        return forms.IntegerField(
            label=_("Seats of %(licence)s") % {"licence": licence.name},
            required=False,
            initial=0,
            min_value=0,
            max_value=min(licence.maximum or MOST_SEATS, MOST_SEATS),
            disabled=self.held.has_tried(licence),
            error_messages={"invalid": WHOLE},
            widget=forms.NumberInput(attrs={"inputmode": "numeric", "data-quantity": ""}),
        )

    def rows(self) -> list[dict[str, Any]]:
        """One row of the table per licence."""
        names = {licence.code.upper(): licence.name for licence in self.licences}
        return [
            {
                "licence": licence,
                "plan": self[f"plan_{licence.pk}"],
                "quantity": self[f"quantity_{licence.pk}"],
                "price": str(self[f"plan_{licence.pk}"].value()).rpartition("|")[2],
                "advice": advice(licence, self.held, names),
            }
            for licence in self.licences
        ]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        asked = [row for row in self.licences if data.get(f"quantity_{row.pk}")]
        for licence in asked:
            if not data.get(f"plan_{licence.pk}", True):
                self.add_error(f"plan_{licence.pk}", _("Choose a term."))
        if self._asks_for_what_is_not_sold():
            self.add_error(None, _("A licence that you chose is no longer sold."))
        broken = any(name.startswith(("quantity_", "plan_")) for name in self.errors)
        if not asked and not broken:
            self.add_error(None, _("Choose at least one licence."))
        return data

    def _asks_for_what_is_not_sold(self) -> bool:
        """Seats of a licence that was withdrawn after the form was shown."""
        sent = {name for name in self.data if name.startswith("quantity_")}
        return any(self.data[name] not in ("", "0") for name in sent - set(self.fields))

    def lines(self) -> tuple[LineWish, ...]:
        """The rows with a quantity."""
        return tuple(
            _line(licence, self.cleaned_data[f"plan_{licence.pk}"], quantity)
            for licence in self.licences
            if (quantity := self.cleaned_data[f"quantity_{licence.pk}"])
        )

    def chosen(self) -> tuple[LineWish, ...]:
        """The rows with a quantity, as they would be ordered."""
        return self.lines()

    def form_key_value(self) -> uuid.UUID:
        return self.cleaned_data.get("form_key") or uuid.uuid4()


class MoreForm(LinesForm):
    """More licences for a platform that exists; special terms are accepted beside them."""

    def __init__(
        self,
        *args: Any,
        terms: Sequence[Terms] = (),
        ends: Sequence[tuple[date, str]] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.terms = terms
        if ends:
            self.fields["ends_on"] = _ends_field(ends)
        for each in terms:
            self.fields[f"terms_{each.segment}"] = _terms_field(each)

    def terms_fields(self) -> list[forms.BoundField]:
        """The boxes to tick, where the customer may buy from a segment that has terms."""
        return [self[f"terms_{each.segment}"] for each in self.terms]

    def wish(self, language: str) -> MoreWish:
        accepted = [t for t in self.terms if self.cleaned_data.get(f"terms_{t.segment}")]
        return MoreWish(
            form_key=self.form_key_value(),
            lines=self.chosen(),
            accepted_terms=tuple((each.segment, each.version) for each in accepted),
            language=language,
        )

    def chosen(self) -> tuple[LineWish, ...]:
        """The lines with the chosen end; what is committed for a month only is left as it is."""
        chosen = self.cleaned_data.get("ends_on")
        if not chosen:
            return self.lines()
        day = date.fromisoformat(chosen)
        return tuple(
            replace(line, ends_on=day) if line.term != "P1M" else line for line in self.lines()
        )


def _ends_field(ends: Sequence[tuple[date, str]]) -> forms.ChoiceField:
    whole = ("", _("after a whole term"))
    return forms.ChoiceField(
        label=_("First term of yearly licences ends"),
        required=False,
        choices=[whole, *((day.isoformat(), text) for day, text in ends)],
        help_text=_("With an earlier end the first charge is reckoned by day."),
    )


def _terms_field(terms: Terms) -> forms.BooleanField:
    label = _("I accept Microsoft's special terms (%(segment)s, version %(version)s).")
    link = format_html(
        '<a href="{}" rel="noopener external">{}</a>', terms.url, _("Read the terms")
    )
    return forms.BooleanField(
        label=label % {"segment": terms.label, "version": terms.version},
        required=False,
        help_text=link,
    )


def _line(licence: Licence, plan: str, quantity: int) -> LineWish:
    term, billing_cycle, price = plan.split("|")
    return LineWish(licence.pk, term, billing_cycle, quantity, Decimal(price))
