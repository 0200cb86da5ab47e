"""Use cases of resellers' accounts."""

from accounts.services.account import (
    change_account,
    change_profile,
    open_account,
    switch_letter_keys,
)
from accounts.services.compliance import plan_partner_checks, warn_now, warn_of_grace
from accounts.services.factors import record_factor, remove_factors
from accounts.services.feeds import create_feed, revoke_feed
from accounts.services.logo import keep_logo, remove_logo
from accounts.services.mail import (
    choices_url,
    post,
    post_notice,
    tell_members,
    tell_readers,
    tell_staff,
)
from accounts.services.members import (
    accept_invitation,
    change_member,
    invite,
    open_account_for,
    remove_member,
    withdraw_invitation,
)
from accounts.services.partners import (
    apply_verdict,
    decide_claim,
    recheck,
    register_partner_id,
    remove_partner_id,
)
from accounts.services.reports import (
    delete_schedule,
    forget_files,
    keep_file,
    pause_schedule,
    period_of,
    resume_schedule,
    schedule_report,
)
from accounts.services.saved_views import delete_view, save_view
from accounts.services.sessions import end_other_sessions, end_session
from accounts.services.site import change_site
from accounts.services.support import (
    allow_changes,
    begin_visit,
    end_visit,
    end_visits_that_are_over,
)
from accounts.services.telling import choose_ways, snooze, wake
from accounts.services.tokens import create_token, revoke_token

__all__ = [
    "accept_invitation",
    "allow_changes",
    "apply_verdict",
    "begin_visit",
    "change_account",
    "change_member",
    "change_profile",
    "change_site",
    "choices_url",
    "choose_ways",
    "create_feed",
    "create_token",
    "decide_claim",
    "delete_schedule",
    "delete_view",
    "end_other_sessions",
    "end_session",
    "end_visit",
    "end_visits_that_are_over",
    "forget_files",
    "invite",
    "keep_file",
    "keep_logo",
    "open_account",
    "open_account_for",
    "pause_schedule",
    "period_of",
    "plan_partner_checks",
    "post",
    "post_notice",
    "recheck",
    "record_factor",
    "register_partner_id",
    "remove_factors",
    "remove_logo",
    "remove_member",
    "remove_partner_id",
    "resume_schedule",
    "revoke_feed",
    "revoke_token",
    "save_view",
    "schedule_report",
    "snooze",
    "switch_letter_keys",
    "tell_members",
    "tell_readers",
    "tell_staff",
    "wake",
    "warn_now",
    "warn_of_grace",
    "withdraw_invitation",
]
