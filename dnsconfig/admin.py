"""Zones, domains and plans for staff: read-only; keys are never shown."""

from django.contrib import admin

from common.admin import ReadOnlyAdmin
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


@admin.register(HealthCheck)
class HealthCheckAdmin(ReadOnlyAdmin):
    list_display = ["domain", "score", "checked_at"]
    search_fields = ["domain__name"]
