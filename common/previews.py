"""Changes of rules that are shown before they are saved."""

from dataclasses import dataclass, field
from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

CONFIRMED, BACK = "_confirmed", "_back"


@dataclass(frozen=True)
class Table:
    """Texts in rows; the first column is a heading, `numbers` of the last ones are figures."""

    title: str
    heads: list[str]
    rows: list[list[str]]
    numbers: int = 0


@dataclass(frozen=True)
class Preview:
    """Who and what a change would touch."""

    lead: str
    tables: list[Table] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


class PreviewedAdmin(admin.ModelAdmin[Any]):
    """The first *Save* of a good form shows who is affected; only the second one saves."""

    def preview(self, row: Any, before: Any | None) -> Preview:
        """Of the row as it would be; `before` as it is, None for a new one. Writes nothing."""
        raise NotImplementedError

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        shown = None
        if request.method == "POST" and not {CONFIRMED, BACK} & request.POST.keys():
            shown = self._preview(request, object_id)
        return shown or super().changeform_view(request, object_id, form_url, extra_context)

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **named: Any
    ) -> Any:
        """After *Back* the form comes again as it was filled in."""
        form = super().get_form(request, obj, change=change, **named)
        if request.method != "POST" or BACK not in request.POST:
            return form
        return type(form.__name__, (form,), {"clean": _not_yet})

    def construct_change_message(
        self, request: HttpRequest, form: Any, formsets: Any, add: bool = False
    ) -> Any:
        """The history says what was there before."""
        if add or not form.changed_data:
            return super().construct_change_message(request, form, formsets, add)
        fields = [_change(form, name) for name in form.changed_data]
        return [{"changed": {"fields": fields}}]

    def _preview(self, request: HttpRequest, object_id: str | None) -> HttpResponse | None:
        """None where the usual page has something to say first."""
        row = self.get_object(request, unquote(object_id)) if object_id else None
        before = self.get_object(request, unquote(object_id)) if object_id else None
        allowed = self.has_change_permission(request, row) if row else not object_id
        if not allowed or (not object_id and not self.has_add_permission(request)):
            return None
        form = self.get_form(request, row, change=row is not None)(request.POST, instance=row)
        if not form.is_valid() or not form.has_changed():
            return None
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "original": before,
            "title": _("Who is affected"),
            "subtitle": str(form.instance),
            "preview": self.preview(form.instance, before),
            "sent": [(k, v) for k, v in request.POST.items() if k != "csrfmiddlewaretoken"],
        }
        return TemplateResponse(request, "admin/preview.html", context)


def _not_yet(form: Any) -> None:
    raise ValidationError(_("Nothing is saved yet."))


def _change(form: Any, name: str) -> str:
    label = form.fields[name].label or name
    return f"{label}: {form.initial.get(name) or '–'} → {form.cleaned_data.get(name) or '–'}"
