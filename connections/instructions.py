"""What an administrator does about each code of Microsoft's sign-in: one sentence."""

from typing import Final

from django.utils.translation import gettext_lazy as _

AGAIN = _("Sign in again at Microsoft.")

INSTRUCTIONS: Final = {
    "not-signed-in": _("Sign in at Microsoft as an administrator of the provider."),
    "not-configured": _(
        "Set MICROSOFT_TENANT_ID and MICROSOFT_CLIENT_ID, then start the portal again."
    ),
    "AADSTS50057": _("This administrator's account is disabled. Sign in as another one."),
    "AADSTS50076": _("The last sign-in had no second factor. Sign in again with one."),
    "AADSTS50078": _("The second factor is too long ago. Sign in again with one."),
    "AADSTS50079": _("Set a second factor up at Microsoft for this account, then sign in again."),
    "AADSTS50158": _("A further check was not passed. Sign in again and pass it."),
    "AADSTS50173": _("The account's password was changed. Sign in again."),
    "AADSTS53003": _(
        "A conditional access policy blocks the portal. Exempt it, then sign in again."
    ),
    "AADSTS65001": _("The application has not been consented. Sign in again and accept."),
    "AADSTS70008": _("The sign-in was revoked or has ended. Sign in again."),
    "AADSTS70043": _("A policy ends sign-ins after a while. Lengthen it, then sign in again."),
    "AADSTS700082": _("The sign-in was not used for 90 days and has ended. Sign in again."),
    "AADSTS700084": _("The sign-in was made for a page and lasts a day. Sign in again here."),
    "AADSTS530034": _(
        "Microsoft suspects this account. Secure it at Microsoft, then sign in again."
    ),
    "AADSTS700016": _("Microsoft does not know the application. Check MICROSOFT_CLIENT_ID."),
    "AADSTS7000215": _("The application's secret is wrong. Set a new MICROSOFT_CLIENT_SECRET."),
    "AADSTS7000222": _(
        "The application's secret has ended. Make a new one, set MICROSOFT_CLIENT_SECRET."
    ),
    "AADSTS90002": _("Microsoft does not know the tenant. Check MICROSOFT_TENANT_ID."),
}


def instruction_for(code: str) -> str:
    """The one thing to do; an unknown code: sign in again."""
    return str(INSTRUCTIONS.get(code, AGAIN))
