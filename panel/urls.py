"""Pages that join several rooms, and the API's pages."""

from django.urls import path

from panel import api, calendar_pages, docs, staff, views
from panel.lists import views as lists
from panel.members import views as members

app_name = "panel"
urlpatterns = [
    path("", views.front, name="front"),
    path("home/", views.home, name="home"),
    path("guide/", views.guide, name="guide"),
    *(path(f"{which}/", lists.listing, {"which": which}, name=which) for which in lists.LISTS),
    path("lists/<slug:which>/<slug:kind>/", lists.export, name="export"),
    path("views/<int:pk>/delete/", lists.forget, name="forget_view"),
    path("account/members/invite/", members.invite, name="invite"),
    path("account/members/<int:pk>/", members.member, name="member"),
    path("staff/health/", staff.health, name="health"),
    path("styleguide/", staff.styleguide, name="styleguide"),
    path("services/<str:service_name>/", views.service, name="service"),
    path("services/<str:service_name>/switching/", views.switching, name="switching"),
    path(
        "api/v1/tenants/<str:service_name>/switching",
        api.Switching.as_view(),
        name="api_switching",
    ),
    path("calendar/", calendar_pages.calendar, name="calendar"),
    path("calendar/feed/", calendar_pages.create_feed, name="calendar_create"),
    path("calendar/feed/revoke/", calendar_pages.revoke_feed, name="calendar_revoke"),
    path("calendar/<str:secret>.ics", calendar_pages.feed, name="calendar_feed"),
    path("api/docs/", docs.Docs.as_view(), name="api_docs"),
]
