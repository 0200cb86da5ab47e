"""Staff's console of operations: what stands still, since when, whose it is and who acts next."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from accounts.operations.labels import label_of
from journal.admin import OperationAdmin, by
from journal.models import Operation
from panel.console.filters import (
    ACTORS,
    UNFINISHED,
    AccountFilter,
    ActorFilter,
    AgeFilter,
    KindFilter,
)
from panel.console.rows import NamedRows


class Console(NamedRows, OperationAdmin):
    """The journal's own list with the names of accounts, tasks and what they are about."""

    list_display = (  # type: ignore[assignment]
        "id", "task", "about", "of_account", "state", "who_acts", "created_at", "error_code",
        by, "failures",
    )  # fmt: skip
    list_filter = ("state", ActorFilter, AgeFilter, AccountFilter, KindFilter)  # type: ignore[assignment]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows = super().get_queryset(request)
        return rows.defer("params", "memo", "result", "request", "secret")

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Under the name that people read."""
        operation: Operation = context["original"]
        context["subtitle"] = f"{label_of(operation.kind)} #{operation.pk}"
        context["about"] = self.about(operation)
        return super().render_change_form(request, context, *args, **kwargs)

    @admin.display(description=_("task"), ordering="kind")
    def task(self, operation: Operation) -> str:
        return label_of(operation.kind)

    @admin.display(description=_("who acts next"), ordering="next_actor")
    def who_acts(self, operation: Operation) -> str:
        """Nobody, where it has ended."""
        if operation.state not in UNFINISHED:
            return "–"
        return str(ACTORS.get(operation.next_actor, operation.next_actor))
