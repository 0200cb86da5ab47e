"""Codes that mean different things in a customer's tenant, and those of Microsoft's sign-in.

Source: learn.microsoft.com/partner-center/developer/error-codes and threads of its users.
"""

from typing import Final

CUSTOMER_RIGHTS: Final = frozenset({"90000", "900150", "900308", "900309"})
"""When a call reaches into a customer's directory, these mean: no such role was granted."""

NOT_CONSENTED: Final = frozenset(
    {
        "AADSTS50020",  # our administrator is unknown in that tenant
        "AADSTS65001",  # no consent
        "AADSTS700016",  # our application is unknown in that tenant
        "AADSTS7000112",  # our application is disabled in that tenant
        "AADSTS7000229",  # our application has no service principal in that tenant
    }
)
"""The login's codes that in a customer's tenant mean: he has not let our application in yet."""

ENDED: Final = frozenset(
    {
        "AADSTS50057",  # the administrator's account is disabled
        "AADSTS50173",  # the password was changed
        "AADSTS70008",  # expired or revoked
        "AADSTS70043",  # ended by a sign-in frequency policy
        "AADSTS700082",  # not used for 90 days
        "AADSTS700084",  # issued to a page, whose tokens last a day
    }
)
"""The login's codes that end a refresh token, in whichever tenant it is used."""

SIGN_IN: Final = ENDED | {
    "AADSTS50076",  # signed in without a second factor
    "AADSTS50078",  # the second factor is too long ago
    "AADSTS50079",  # the administrator must set a second factor up
    "AADSTS50158",  # a further challenge was not met
    "AADSTS53003",  # blocked by conditional access
    "AADSTS530034",  # sign-in risk
    "AADSTS65001",  # the application is not consented in the provider's own tenant
}
"""In the provider's own tenant: an administrator must sign in again, or consent."""
