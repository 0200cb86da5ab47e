"""Form fields with label, help, error and what screen readers need."""

from typing import Any

from django import forms
from django.forms import BoundField
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

GROUPS = (forms.RadioSelect, forms.CheckboxSelectMultiple)


def field(
    field: BoundField,
    check: str = "",
    prefix: str = "",
    suffix: str = "",
    **attributes: str,
) -> dict[str, Any]:
    """Context of `components/_field.html`; `class` is that of the surrounding box."""
    return {
        "field": field,
        "check": check,
        "prefix": prefix,
        "suffix": suffix,
        "class": attributes.get("class", ""),
    }


def kind(field: BoundField) -> str:
    """How the field is laid out: `hidden`, `group`, `tick` or `line`."""
    widget = field.field.widget
    if widget.is_hidden:
        return "hidden"
    if isinstance(widget, GROUPS):
        return "group"
    return "tick" if isinstance(widget, forms.CheckboxInput) else "line"


def control(field: BoundField, label: str = "") -> SafeString:
    """The bare input in our style; `label` names it where no label stands beside it."""
    return field.as_widget(attrs=_attributes(field) | ({"aria-label": label} if label else {}))


def checked_by(field: BoundField, url: str) -> SafeString:
    """The input, checked live at `url`: the form is posted there, the answer lands beside it."""
    if not url:
        return control(field)
    box = f"{field.auto_id}_check"
    described = f"{field.aria_describedby or ''} {box}".strip()
    live: dict[str, str | bool] = {
        "hx-post": url,
        "hx-trigger": "change, input changed delay:600ms",
        "hx-target": f"#{box}",
        "hx-swap": "innerHTML",
        "hx-sync": "this:replace",
        "aria-describedby": described,
    }
    return field.as_widget(attrs=_attributes(field) | live)


def control_errors(field: BoundField) -> SafeString:
    """The errors of a bare input."""
    return render_to_string("components/_field_errors.html", {"field": field})


def _attributes(field: BoundField) -> dict[str, str | bool]:
    own = field.field.widget.attrs.get("class", "")
    invalid = "is-invalid" if field.errors else ""
    classes = " ".join(filter(None, [_style(field.field.widget), own, invalid]))
    return {"class": classes}


def _style(widget: forms.Widget) -> str:
    if isinstance(widget, forms.CheckboxInput):
        return "form-check-input"
    return "form-select" if isinstance(widget, forms.Select) else "form-control"
