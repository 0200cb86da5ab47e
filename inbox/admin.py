"""Who was told what; nothing is changed here."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from accounts.operations.events import event_label
from common.admin import ReadOnlyAdmin
from inbox.models import Notification


@admin.register(Notification)
class NotificationAdmin(ReadOnlyAdmin):
    list_display = ["what", "membership", "topic", "way", "made_at", "read_at", "digest_date"]
    list_filter = ["topic", "way"]
    list_select_related = ["event", "membership__user"]
    search_fields = ["membership__user__email", "event__kind", "event__subject"]
    show_full_result_count = False

    @admin.display(description=_("event"), ordering="event__kind")
    def what(self, row: Notification) -> str:
        return event_label(row.event.kind)
