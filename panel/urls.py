"""Pages that join several rooms, and the API's pages."""

from django.urls import path

from panel import api, calendar_pages, docs, staff, views
from panel.bulk import views as bulk
from panel.exports import views as exports
from panel.first_run import entrance
from panel.first_run import views as first_run
from panel.lists import event_page
from panel.lists import views as lists
from panel.lists.lists import LISTS
from panel.mails import views as mails
from panel.members import views as members
from panel.palette import views as palette
from panel.reports import api as report_api
from panel.reports import views as report_pages

app_name = "panel"
urlpatterns = [
    path("", views.front, name="front"),
    path("home/", views.home, name="home"),
    path("guide/", views.guide, name="guide"),
    path("search/", palette.search, name="search"),
    path("shortcuts/", palette.shortcuts, name="shortcuts"),
    path("home/first-steps/hide/", first_run.hide, name="hide_first_steps"),
    path("setup/", entrance.setup, name="setup"),
    path("setup/person/", entrance.person, name="setup_person"),
    path("setup/site/", first_run.site, name="setup_site"),
    path("setup/mail/", first_run.mail, name="setup_mail"),
    path("setup/microsoft/", first_run.microsoft, name="setup_microsoft"),
    path("setup/reseller/", first_run.reseller, name="setup_reseller"),
    path("setup/zones/", first_run.zones, name="setup_zones"),
    path("setup/summary/", first_run.summary, name="setup_summary"),
    path("setup/later/", first_run.later, name="setup_later"),
    *(path(f"{which}/", lists.listing, {"which": which}, name=which) for which in LISTS),
    path("audit/<int:pk>/", event_page.event, name="event"),
    path("lists/<slug:which>/chosen/", bulk.choose, name="choose"),
    path("lists/<slug:which>/<slug:kind>/", lists.export, name="export"),
    path("lists/<slug:which>/<slug:kind>/file/", exports.make, name="make_file"),
    path("exports/<int:pk>/", exports.file, name="export_file"),
    path("exports/<int:pk>/download/", exports.download, name="export_download"),
    path("bulk/<int:pk>/", bulk.bulk, name="bulk"),
    path("bulk/<int:pk>/begin/", bulk.begin, name="bulk_begin"),
    path("bulk/<int:pk>/again/", bulk.again, name="bulk_again"),
    path("bulk/<int:pk>/results.csv", bulk.results, name="bulk_results"),
    path("views/<int:pk>/delete/", lists.forget, name="forget_view"),
    path("account/members/invite/", members.invite, name="invite"),
    path("account/members/<int:pk>/", members.member, name="member"),
    path("staff/health/", staff.health, name="health"),
    path("staff/mails/", mails.mails, name="mails"),
    path("staff/mails/<str:language>/<path:name>/html/", mails.html, name="mail_html"),
    path("staff/mails/<str:language>/<path:name>/text/", mails.text, name="mail_text"),
    path("styleguide/", staff.styleguide, name="styleguide"),
    path("services/<str:service_name>/", views.service, name="service"),
    path("services/<str:service_name>/pin/", palette.pin, name="pin"),
    path("services/<str:service_name>/switching/", views.switching, name="switching"),
    path(
        "api/v1/tenants/<str:service_name>/switching",
        api.Switching.as_view(),
        name="api_switching",
    ),
    path("reports/", report_pages.index, name="reports"),
    path("reports/sent/<int:pk>/", report_pages.schedule, name="report_schedule"),
    path("reports/files/<str:secret>/", report_pages.file, name="report_file"),
    path("reports/<slug:which>/", report_pages.report, name="report"),
    path("reports/<slug:which>/<slug:kind>/", report_pages.export, name="report_export"),
    path("api/v1/reports", report_api.Reports.as_view(), name="api_reports"),
    path("api/v1/reports/<slug:which>", report_api.OneReport.as_view(), name="api_report"),
    path("calendar/", calendar_pages.calendar, name="calendar"),
    path("calendar/feed/", calendar_pages.create_feed, name="calendar_create"),
    path("calendar/feed/revoke/", calendar_pages.revoke_feed, name="calendar_revoke"),
    path("calendar/<str:secret>.ics", calendar_pages.feed, name="calendar_feed"),
    path("api/docs/", docs.Docs.as_view(), name="api_docs"),
]
