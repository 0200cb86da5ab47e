"""Staff's list of what has happened."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from accounts.operations.events import EVENTS, event_label
from common.admin import WordsFilter
from journal.admin import EventAdmin, by
from journal.models import Event
from panel.console.rows import NamedRows


class EventFilter(WordsFilter):
    """All kinds there can be: those of a million rows would be looked for in all of them."""

    title, parameter_name = _("event"), "kind"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        named = ((kind, str(words)) for kind, words in EVENTS.items())
        return sorted(named, key=lambda each: each[1])


class Chronicle(NamedRows, EventAdmin):
    """The journal's own list in words."""

    list_display = ("at", "what", "about", "of_account", by)  # type: ignore[assignment]
    list_filter = (EventFilter, "at")  # type: ignore[assignment]
    fields = readonly_fields = (  # type: ignore[assignment]
        "at", "what", "about", "of_account", by, "operation", "data", "kind",
        "listed_under",
    )  # fmt: skip

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Under the name that people read."""
        context["subtitle"] = event_label(context["original"].kind)
        return super().render_change_form(request, context, *args, **kwargs)

    @admin.display(description=_("event"), ordering="kind")
    def what(self, event: Event) -> str:
        return event_label(event.kind)
