"""Pages and API of keeping in step."""

from django.urls import path

from sync import api, views

app_name = "sync"
urlpatterns = [
    path("changes-elsewhere/", views.index, name="index"),
    path("changes-elsewhere/<int:pk>/note/", views.note, name="note"),
    path("webhooks/microsoft/<slug:market>/", views.microsoft, name="microsoft"),
    path("api/v1/changes-elsewhere", api.Drifts.as_view(), name="api_drifts"),
    path("api/v1/changes-elsewhere/<int:pk>/note", api.Note.as_view(), name="api_note"),
    path("api/v1/tenants/<str:service_name>/look", api.Look.as_view(), name="api_look"),
]
