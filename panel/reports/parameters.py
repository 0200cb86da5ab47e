"""What an address may ask of a report; what is not understood is said beside its field."""

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.http import QueryDict
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from common.clock import microsoft_now
from tenants.models import TenantState

Asked = dict[str, Any]
_MONTH = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])")


class MonthField(forms.Field):
    """`2027-03`, as browsers send a month."""

    widget = forms.DateInput(attrs={"type": "month", "placeholder": "2027-03"})
    default_error_messages = {
        "invalid": _("Enter a month like 2027-03. Here is the present one instead."),
    }

    def to_python(self, value: Any) -> date | None:
        if value in self.empty_values:
            return None
        found = _MONTH.fullmatch(str(value).strip())
        if found is None:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return date(int(found[1]), int(found[2]), 1)

    def prepare_value(self, value: Any) -> Any:
        return f"{value:%Y-%m}" if isinstance(value, date) else value


class Parameters(forms.Form):
    """None; each field of a report's own is one."""

    def __init__(self, query: QueryDict) -> None:
        given = query.copy()
        if "month" in self.base_fields and not given.get("month"):
            given["month"] = f"{microsoft_now():%Y-%m}"
        super().__init__(given)

    @property
    def asked(self) -> Asked:
        """All that is set and understood; the present month where a month is not."""
        self.is_valid()
        found = {name: value for name, value in self.cleaned_data.items() if value}
        if "month" in self.fields:
            found.setdefault("month", microsoft_now().date().replace(day=1))
        return found

    @property
    def words(self) -> list[tuple[str, str]]:
        """What is asked as people read it: label and value."""
        told = []
        for name, value in self.asked.items():
            field = self.fields[name]
            choices = getattr(field, "choices", ())
            text = date_format(value, "F Y") if name == "month" else dict(choices)[value]
            told.append((str(field.label), str(text)))
        return told

    @property
    def kept(self) -> str:
        """The same as a query, without the month: what a schedule keeps."""
        query = QueryDict(mutable=True)
        query.update({name: str(value) for name, value in self.asked.items() if name != "month"})
        return query.urlencode()


class StateParameters(Parameters):
    """Only services in this state."""

    state = forms.ChoiceField(
        label=_("Status of the service"),
        choices=[("", _("All")), *TenantState.choices],
        required=False,
        error_messages={
            "invalid_choice": _("“%(value)s” is not known here. Here are all services.")
        },
    )


class MonthParameters(Parameters):
    """One month; the present one when none is named."""

    month = MonthField(label=_("Month"), required=False)


def month_after(month: date) -> date:
    return (month + timedelta(days=32)).replace(day=1)


def moments_of(month: date, zone: str) -> tuple[datetime, datetime]:
    """When a month begins and ends in a time zone."""
    first, last = (
        datetime.combine(day, datetime.min.time(), ZoneInfo(zone)).astimezone(UTC)
        for day in (month, month_after(month))
    )
    return first, last
