"""Changes of many rows and files made of lists, for staff who must explain them."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from common.admin import ReadOnlyAdmin, ReadOnlyInline, WordsFilter, in_words
from journal.models import Event, Operation
from panel.bulk.actions import ACTIONS
from panel.console import Chronicle, Console
from panel.lists.lists import LISTS
from panel.models import BulkJob, BulkRow, ExportFile, HiddenGuide, PinnedTenant, Setup

admin.site.unregister([Event, Operation])
admin.site.register(Event, Chronicle)  # the journal knows no accounts
admin.site.register(Operation, Console)

LIST_TITLES = {name: one.title for name, one in LISTS.items()}
DEEDS = {name: one.label for deeds in ACTIONS.values() for name, one in deeds.items()}
LIST = in_words("list", LIST_TITLES, _("list"))
DEED = in_words("action", DEEDS, _("action"))


class ListFilter(WordsFilter):
    title, parameter_name, words = _("list"), "list", LIST_TITLES


class DeedFilter(WordsFilter):
    title, parameter_name, words = _("action"), "action", DEEDS


class BulkRowInline(ReadOnlyInline):
    model = BulkRow
    fields = ["number", "name", "place", "state", "text", "operation"]


@admin.register(BulkJob)
class BulkJobAdmin(ReadOnlyAdmin):
    list_display = ["id", "account", "user", LIST, DEED, "state", "created_at"]
    list_filter = [ListFilter, DeedFilter, "state"]
    exclude = ["list", "action"]
    readonly_fields = [LIST, DEED]
    list_select_related = ["account", "user"]
    search_fields = ["account__name", "account__nic_handle", "user__email"]
    inlines = [BulkRowInline]


@admin.register(ExportFile)
class ExportFileAdmin(ReadOnlyAdmin):
    """Who has taken what; never what is in it."""

    list_display = ["id", "account", "user", LIST, "format", "rows", "created_at", "expires_at"]
    list_filter = [ListFilter, "format"]
    list_select_related = ["account", "user"]
    search_fields = ["account__name", "account__nic_handle", "user__email"]
    exclude = ["content", "list"]
    readonly_fields = [LIST]


@admin.register(PinnedTenant)
class PinnedTenantAdmin(ReadOnlyAdmin):
    """Which services people keep at the top of their menu."""

    list_display = ["tenant", "membership"]
    list_select_related = ["tenant", "membership__user"]
    search_fields = ["tenant__display_name", "membership__user__email"]


@admin.register(Setup)
class SetupAdmin(ReadOnlyAdmin):
    """How far the first run has come; never what opens it."""

    list_display = ["__str__", "account", "begun_at", "finished_at", "tries", "blocked_until"]
    list_select_related = ["account"]
    exclude = ["digest"]


@admin.register(HiddenGuide)
class HiddenGuideAdmin(ReadOnlyAdmin):
    list_display = ["membership", "hidden_at"]
    list_select_related = ["membership__user"]
