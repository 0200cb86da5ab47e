"""Microsoft's error codes that decide who acts next; all others mean the reseller's data.

Source: learn.microsoft.com/partner-center/developer/error-codes and threads of its users.
"""

from typing import Final

BUSY: Final = frozenset(
    {
        "800014",  # an adjustment of the order is pending
        "800060",  # the order is in progress
        "800064",  # the cart is being processed by another request
        "800082",  # the subscription is not ready to be updated
        "900101",  # a transfer is in progress
        "900104",  # a transfer is being processed
        "900109",  # an upgrade is in progress
        "900112",  # an upgrade is pending
        "900113",  # an upgrade is in progress
        "900278",  # another operation on the subscription is pending
    }
)
"""Races with another change; the same request may be sent again in minutes."""

DONE: Final = frozenset(
    {
        "600061",  # the agreement has been attested
        "800065",  # the cart has been checked out
    }
)

OPERATOR: Final = frozenset(
    {
        "400",  # access denied
        "1002",  # not an indirect provider
        "2030",  # the provider is not onboarded to sell in the country
        "2032",  # access denied
        "600006",  # the provider may not create customers
        "800001",  # no partner token
        "800023",  # the provider's credit line
        "800043",  # no access to prices
        "90000",  # no token on behalf of the user
        "900121",  # the provider's credit limit
        "900124",  # the provider's own partner agreement
        "900150",  # the role lacks rights
        "900308",  # insufficient privileges
        "900309",  # conditional access
        "900322",  # not sold in the integration sandbox
        "900329",  # application-only token
        "900420",  # token for the old directory API
    }
)
"""403 about the provider, its credit, its application or its token."""

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
