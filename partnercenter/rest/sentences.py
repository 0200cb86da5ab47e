"""Our own sentences about Microsoft's silence; pages translate them (Microsoft's come as told)."""

from typing import Final

from django.utils.translation import gettext_noop

OWN_ERROR: Final = gettext_noop("Microsoft answered with an error of its own.")
NOT_MICROSOFT: Final = gettext_noop("Something in between answered instead of Microsoft.")
NO_REASON: Final = gettext_noop("Microsoft refused without saying why.")
CUT_OFF: Final = gettext_noop("Microsoft's answer is empty or cut off.")
UNREACHABLE: Final = gettext_noop("Microsoft cannot be reached.")
TOO_SLOW: Final = gettext_noop("Microsoft did not answer in time.")
BROKEN: Final = gettext_noop("The connection to Microsoft broke.")
NO_CALLS_LEFT: Final = gettext_noop("Microsoft takes no more calls this minute.")
LOGIN_UNREACHABLE: Final = gettext_noop("Microsoft's sign-in service cannot be reached.")
LOGIN_BUSY: Final = gettext_noop("Microsoft's sign-in service is busy.")
LOGIN_TOO_SLOW: Final = gettext_noop("Microsoft's sign-in service did not answer in time.")
NOT_SIGNED_IN: Final = gettext_noop("Nobody has signed the portal in at Microsoft yet.")
NOT_THIS_SIGN_IN: Final = gettext_noop("This answer belongs to another sign-in. Begin again.")
WRONG_TENANT: Final = gettext_noop("This person belongs to another organisation than the provider.")
NOT_CONFIGURED: Final = gettext_noop("The credentials for Microsoft are not configured.")
