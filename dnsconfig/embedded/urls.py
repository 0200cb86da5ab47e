"""Pages and API of own zones; included by `dnsconfig.urls`, under its name."""

from django.urls import path

from dnsconfig.embedded import api, views

ZONE = "account/own-zones/<str:name>/"
API = "api/v1/own-zones"

urlpatterns = [
    path("account/own-zones/", views.own_zones, name="own_zones"),
    path("account/own-zones/new/", views.new_own_zone, name="new_own_zone"),
    path(ZONE, views.own_zone, name="own_zone"),
    path(ZONE + "settings/", views.change_own_zone, name="change_own_zone"),
    path(ZONE + "delete/", views.delete_own_zone, name="delete_own_zone"),
    path(ZONE + "zone-file/", views.own_zone_file, name="own_zone_file"),
    path(ZONE + "records/<int:pk>/remove/", views.remove_own_record, name="remove_own_record"),
    path(API, api.OwnZones.as_view(), name="api_own_zones"),
    path(API + "/<str:name>", api.OneOwnZone.as_view(), name="api_own_zone"),
    path(API + "/<str:name>/zone-file", api.ZoneFile.as_view(), name="api_own_zone_file"),
    path(API + "/<str:name>/records", api.Records.as_view(), name="api_own_records"),
    path(API + "/<str:name>/records/<int:pk>", api.OneRecord.as_view(), name="api_own_record"),
]
