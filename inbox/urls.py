"""Notifications: the list, the bell, the choices, and the API."""

from django.urls import path

from inbox import api, views

app_name = "inbox"
urlpatterns = [
    path("notifications/", views.index, name="index"),
    path("notifications/bell/", views.bell, name="bell"),
    path("notifications/read-all/", views.read_all, name="read_all"),
    path("notifications/choices/", views.choices, name="choices"),
    path("notifications/quiet/", views.quiet, name="quiet"),
    path("notifications/quiet/<int:pk>/end/", views.end_quiet, name="end_quiet"),
    path("notifications/<int:pk>/", views.look, name="look"),
    path("notifications/<int:pk>/mark/", views.mark, name="mark"),
    path("api/v1/notifications", api.Notifications.as_view(), name="api_notifications"),
    path("api/v1/notifications/<int:pk>/read", api.Read.as_view(), name="api_read"),
]
