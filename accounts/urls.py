"""Pages under /account/, and this room's part of the REST API."""

from django.urls import path

from accounts import api
from accounts.views import (
    board,
    invitation,
    logo,
    members,
    partner_ids,
    sessions,
    settings,
    support,
    tokens,
)

app_name = "accounts"
urlpatterns = [
    path("account/settings/", settings.settings, name="settings"),
    path("account/logo/", logo.logo, name="logo"),
    path("account/logo/change/", logo.change, name="change_logo"),
    path("account/logo/remove/", logo.remove, name="remove_logo"),
    path("account/profile/", settings.profile, name="profile"),
    path("account/sessions/", sessions.sessions, name="sessions"),
    path("account/sessions/end-others/", sessions.end_others, name="sessions_end_others"),
    path("account/sessions/<int:pk>/end/", sessions.end, name="session_end"),
    path("account/switch/", settings.switch, name="switch"),
    path("account/members/", members.members, name="members"),
    path("account/members/<int:pk>/remove/", members.remove, name="member_remove"),
    path("account/invitations/<int:pk>/withdraw/", members.withdraw, name="invitation_withdraw"),
    path("account/invitation/<str:secret>/", invitation.invitation, name="invitation"),
    path("account/tokens/", tokens.tokens, name="tokens"),
    path("account/tokens/<int:pk>/revoke/", tokens.revoke, name="token_revoke"),
    path("account/mpn-ids/", partner_ids.partner_ids, name="partner_ids"),
    path("account/mpn-ids/board/", board.board, name="partner_board"),
    path("account/mpn-ids/check/", partner_ids.check, name="partner_id_check"),
    path("account/mpn-ids/<int:pk>/recheck/", partner_ids.recheck, name="partner_id_recheck"),
    path("account/mpn-ids/<int:pk>/remove/", partner_ids.remove, name="partner_id_remove"),
    path("staff/accounts/<int:pk>/look/", support.begin, name="support_begin"),
    path("staff/visit/changes/", support.changes, name="support_changes"),
    path("staff/visit/end/", support.end, name="support_end"),
    path("api/v1/me", api.Me.as_view(), name="api_me"),
    path("api/v1/members", api.Members.as_view(), name="api_members"),
    path("api/v1/partner-ids", api.PartnerIds.as_view(), name="api_partner_ids"),
    path("api/v1/partner-ids/<int:pk>", api.PartnerIdDetail.as_view(), name="api_partner_id"),
    path(
        "api/v1/partner-ids/<int:pk>/recheck",
        api.PartnerIdRecheck.as_view(),
        name="api_partner_id_recheck",
    ),
]
