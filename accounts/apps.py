from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = _("Accounts and people")

    def ready(self) -> None:
        from allauth.mfa import signals as factors
        from django.contrib.auth import signals as sessions

        from accounts import browsers
        from accounts.impersonation import events as visits
        from accounts.second_factor import events

        sessions.user_logged_in.connect(browsers.signed_in)
        sessions.user_logged_out.connect(browsers.signed_out)
        sessions.user_logged_out.connect(visits.signed_out)
        factors.authenticator_added.connect(events.added)
        factors.authenticator_removed.connect(events.removed)
        factors.authenticator_reset.connect(events.renewed)
