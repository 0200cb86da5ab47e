"""Staff's view of the journal: all is read but secrets; retry and cancel call services."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin.helpers import ActionForm
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from common.admin import ReadOnlyAdmin, ReadOnlyInline, by_of
from common.templatetags.values import who
from journal import services
from journal.explain import sent_by
from journal.models import Attempt, Event, Operation


class ReasonForm(ActionForm):
    """Beside the choice of an action."""

    reason = forms.CharField(
        label=_("Reason"), required=False, max_length=200, help_text=_("The account reads it.")
    )


@admin.display(description=_("by"), ordering="by_label")
def by(row: Operation | Event) -> str:
    return who(row.by_label)


class AttemptInline(ReadOnlyInline):
    model = Attempt
    fields = readonly_fields = (
        "number", "started_at", "ended_at", "outcome", "code", "text", "request_id",
    )  # fmt: skip


class KindFilter(admin.SimpleListFilter):
    """All kinds there can be: those of a million rows would be looked for in all of them."""

    title = _("kind")
    parameter_name = "kind__exact"

    def lookups(self, _request: HttpRequest, _model_admin: Any) -> list[tuple[str, str]]:
        return [(kind, kind) for kind in sorted(settings.JOURNAL_OPERATIONS)]

    def queryset(self, _request: HttpRequest, rows: QuerySet[Operation]) -> QuerySet[Operation]:
        return rows.filter(kind=self.value()) if self.value() else rows


@admin.register(Operation)
class OperationAdmin(ReadOnlyAdmin):
    list_display = (
        "id", "kind", "subject", "state", "next_actor", "failures", "error_code", by,
        "created_at", "updated_at",
    )  # fmt: skip
    list_filter = ("state", "next_actor", KindFilter, "created_at")
    search_fields = ("subject", "listed_under", "journey", "by_label", "request_id", "error_code")
    exclude = ("secret", "request")
    list_select_related = False
    show_full_result_count = False
    inlines = (AttemptInline,)
    action_form = ReasonForm
    actions = ("retry", "cancel")

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """The columns, below the explanation, for who wants to know."""
        fields = self.get_fields(request, obj)
        return [(_("All columns"), {"fields": fields, "classes": ["collapse"]})]

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Above the columns: what it does, what was sent, who acts next."""
        operation: Operation = context["original"]
        context |= {
            "sent": sent_by(operation),
            "may_act": self.has_act_permission(request),
            "last": operation.attempts.last(),
        }
        return super().render_change_form(request, context, *args, **kwargs)

    @admin.action(description=_("Try again"), permissions=["act"])
    def retry(self, request: HttpRequest, rows: QuerySet[Operation]) -> None:
        self._each(request, rows, services.retry)

    @admin.action(description=_("Cancel, with all that waits for it"), permissions=["act"])
    def cancel(self, request: HttpRequest, rows: QuerySet[Operation]) -> None:
        self._each(request, rows, services.cancel)

    def _each(
        self, request: HttpRequest, rows: QuerySet[Operation], verb: Callable[..., bool]
    ) -> None:
        reason = request.POST.get("reason", "").strip()[:200]
        if not reason:
            messages.error(request, gettext("Nothing was done: say why, in the field Reason."))
            return
        by = by_of(request)
        done = sum(verb(operation=row, by=by, reason=reason) for row in rows.order_by("pk"))
        left = len(rows) - done
        if done:
            text = ngettext("%(n)d operation changed.", "%(n)d operations changed.", done)
            messages.success(request, text % {"n": done})
        if left:
            text = ngettext(
                "%(n)d operation could not be changed: it is being done, has ended or was sent.",
                "%(n)d operations could not be changed: being done, ended or sent.",
                left,
            )
            messages.warning(request, text % {"n": left})


@admin.register(Event)
class EventAdmin(ReadOnlyAdmin):
    list_display = ("at", "kind", "subject", "listed_under", "account_id", by)
    list_filter = ("kind", "at")
    search_fields = ("subject", "listed_under", "by_label")
    show_full_result_count = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("operation")
