"""Changes of many rows, for staff who must explain them."""

from django.contrib import admin

from common.admin import ReadOnlyAdmin, ReadOnlyInline
from panel.models import BulkJob, BulkRow


class BulkRowInline(ReadOnlyInline):
    model = BulkRow
    fields = ["number", "name", "place", "state", "text", "operation"]


@admin.register(BulkJob)
class BulkJobAdmin(ReadOnlyAdmin):
    list_display = ["id", "account", "user", "list", "action", "state", "created_at"]
    list_filter = ["list", "action", "state"]
    list_select_related = ["account", "user"]
    search_fields = ["account__name", "account__nic_handle", "user__email"]
    inlines = [BulkRowInline]
