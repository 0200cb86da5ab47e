"""Zones, domains and plans for staff: read-only; keys are never shown."""

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy, ngettext

from common.admin import ReadOnlyAdmin, by_of
from common.refusals import Impossible
from dnsconfig.embedded import services as own
from dnsconfig.embedded.models import OwnRecord, OwnZone
from dnsconfig.models import DnsPlan, Domain, HealthCheck, ZoneConnection


@admin.register(ZoneConnection)
class ZoneConnectionAdmin(ReadOnlyAdmin):
    list_display = ["label", "account", "provider", "listed_at"]
    list_filter = ["provider"]
    search_fields = ["label", "account__name", "account__nic_handle"]
    exclude = ["keys"]


@admin.register(Domain)
class DomainAdmin(ReadOnlyAdmin):
    list_display = ["name", "tenant", "zone", "verified_at", "configured_at"]
    search_fields = ["name", "tenant__service_name"]


@admin.register(DnsPlan)
class DnsPlanAdmin(ReadOnlyAdmin):
    list_display = ["id", "domain", "state", "by_label", "created_at", "finished_at"]
    list_filter = ["state"]
    search_fields = ["domain__name", "by_label"]


@admin.register(OwnZone)
class OwnZoneAdmin(ReadOnlyAdmin):
    """A name is the first account's that asked for it; staff can release it for its owner."""

    list_display = ["name", "account", "serial", "created_at"]
    search_fields = ["name", "account__name", "account__nic_handle"]
    list_select_related = ["account"]
    exclude = ["tsig_secret"]
    actions = ["release"]

    @admin.action(
        description=gettext_lazy("Release the names (deletes the zones)"), permissions=["act"]
    )
    def release(self, request: HttpRequest, rows: QuerySet[OwnZone]) -> None:
        count = 0
        for zone in rows:
            try:
                own.delete_zone(zone=zone, by=by_of(request))
            except Impossible as refusal:
                self.message_user(request, f"{zone}: {refusal}", messages.ERROR)
            else:
                count += 1
        text = ngettext("%(count)d zone was deleted.", "%(count)d zones were deleted.", count)
        self.message_user(request, text % {"count": count})


@admin.register(OwnRecord)
class OwnRecordAdmin(ReadOnlyAdmin):
    list_display = ["name", "type", "value", "ttl", "zone"]
    list_filter = ["type"]
    search_fields = ["name", "value", "zone__name"]
    list_select_related = ["zone"]


@admin.register(HealthCheck)
class HealthCheckAdmin(ReadOnlyAdmin):
    list_display = ["domain", "score", "checked_at"]
    search_fields = ["domain__name"]
