"""Where the sandbox differs from print, and why: the one table.

`-a.b`: printed, not shown. `+Kind.name`: shown, printed nowhere for such an object. `~a.b`: another
type. `status 200`: another status.
"""

from typing import Final

AZURE = "a reservation of Azure, which is not sold here"
LEGACY = "the old commerce, which is not sold here"
LATER = "filled in a moment after checkout, as the page itself warns"
OLD_LIST = "a list of 2018; newer pages print lists without links"
PLANS = "the services inside a licence are not imitated"
OWN_PROFILE = "the provider's own profile is short here"
SCHEDULED = "optional; the page prints all there is"
GRAPH_DOMAIN = "in the vendor's table of a domain; the page abridges the sample"
PLACE = "the provider of the sandbox is in Europe, without such a part of the address"

LEFT_OUT: Final = {
    "connection": "between two hops only",
    "content-length": "an answer without a body has none",
    "expect": "the page prints a header of the request",
    "server": "the vendor's development machine",
    "status": "the page repeats the status as a header",
    "x-powered-by": "the vendor's development machine",
    "x-sourcefiles": "the vendor's development machine",
}
"""Printed headers that are sent nowhere."""

HEADERS: Final = {
    "auth/token-app-only-v1": {"cache-control", "pragma", "expires"},
    "auth/token-refresh-appuser-v1": {"cache-control"},
}
"""The login's headers about caching are not imitated: nothing caches the answer to a POST."""

DOCUMENTED: Final = {
    "+.isVerified": GRAPH_DOMAIN,
    "+.passwordNotificationWindowInDays": GRAPH_DOMAIN,
    "+.passwordValidityPeriodInDays": GRAPH_DOMAIN,
    "+.supportedServices": GRAPH_DOMAIN,
    "+BillingProfile.vettingStatus": "one builder for all of the provider's profiles",
    "+CartCheckoutResult.attributes": "printed on a page without its type",
    "+CartCheckoutResult.orders": "printed on a page without its type",
    "+LegalBusinessProfile.billingCurrency": "one builder for all of the provider's profiles",
    "+Subscription.billingCycleEndDate": "in newer answers, not on pages of 2023",
    "+Subscription.billingCycleEndDateTime": "in newer answers, not on pages of 2023",
    "+Subscription.parentSubscriptionId": "in the vendor's table of a subscription",
    "+items.catalogItemId": "the page prints one availability; the call answers a collection",
    "+items.country": "as catalogItemId",
    "+items.defaultCurrency": "as catalogItemId",
    "+items.isPurchasable": "as catalogItemId",
    "+items.isRenewable": "as catalogItemId",
    "+items.renewalInstructions": "as catalogItemId",
    "+items.segment": "as catalogItemId",
    "+items.skuId": "as catalogItemId",
    "+items.terms": "as catalogItemId",
    "+items.promotionConstraints": "printed for one promotion, left out in the list",
    "+value.canonicalName": "the vendor's type for CNAME records; the page abridges the sample",
    "+.refresh_token": "the login renews it with every use; the page leaves it out",
}
"""Members that no page prints for such an object, and where they come from."""

COLUMNS: Final = {"Segment": "in newer sheets, not in the printed one of 2021"}
"""Columns of the price sheet that are not printed."""

INSIDE: Final = {
    "carts/checkout-nce": ("orders", "the page prints the bare order of its own collection"),
    "catalogue/availabilities-of-sku-by-customer": (
        "items",
        "the page prints one bare availability of its own collection",
    ),
}
"""Printed bodies that are the first item of what is answered."""

DIFFERENT: Final = {
    "carts/checkout-multi": {"-orders.[].lineItems.[].subscriptionId": LATER},
    "carts/checkout-nce": {"-lineItems.[].subscriptionId": LATER},
    "carts/create-base-and-addon-nce": {
        "-lineItems.[].promotionId": "a promotion is used when the line asks for it",
    },
    "carts/create-multi": {
        "-lineItems.[].provisioningContext.scope": AZURE,
        "-lineItems.[].provisioningContext.subscriptionId": AZURE,
    },
    "carts/update": {
        "status 200": "the page's table says 200, its sample 201",
        "-lineItems.[].ProvisioningContext": AZURE,
    },
    "catalogue/availability": {
        "-product": "empty in print",
        "-sku": "empty in print",
    },
    "catalogue/promotion": {
        "-promotionConstraints.productOwnershipConstraints": "no promotion needs another product",
    },
    "customers/create-direct": {
        "-enableGDAPByDefault": "GDAP is made by its own calls here",
    },
    "customers/filter-by-company-name": {
        "-items.[].companyProfile.links": OLD_LIST,
        "-items.[].links": OLD_LIST,
    },
    "customers/filter-by-indirect-reseller": {
        "-items.[].companyProfile.links": OLD_LIST,
        "-items.[].links": OLD_LIST,
    },
    "licences/assign": {"-licenseWarnings": "there is nothing to warn of"},
    "licences/assign-error-900309": {
        "code 900308": "no conditional access here; what is refused is a role that was not granted",
    },
    "licences/of-user": {"-items.[].servicePlans.[]": PLANS},
    "licences/subscribed-skus": {"-items.[].servicePlans.[]": PLANS},
    "orders/create-for-indirect-reseller": {
        "-attributes.etag": LEGACY,
        "-lineItems.[].links.subscription": LATER,
        "-lineItems.[].subscriptionId": LATER,
    },
    "orders/list": {
        "-items.[].attributes.etag": LEGACY,
        "-items.[].lineItems.[].links.provisioningStatus": LEGACY,
    },
    "partner/billing-profile": {
        "-address.addressLine2": PLACE,
        "-address.state": PLACE,
        "-attributes.etag": OWN_PROFILE,
        "-primaryContact": OWN_PROFILE,
        "-purchaseOrderNumber": OWN_PROFILE,
        "-taxId": OWN_PROFILE,
    },
    "partner/legal-business-profile": {
        "-address.addressLine2": PLACE,
        "-address.firstName": OWN_PROFILE,
        "-address.lastName": OWN_PROFILE,
        "-address.phoneNumber": OWN_PROFILE,
        "-address.state": PLACE,
        "-companyApproverAddress": OWN_PROFILE,
        "-companyApproverEmail": OWN_PROFILE,
        "-primaryContact": OWN_PROFILE,
        "-vettingSubStatus": OWN_PROFILE,
    },
    "subscriptions/addons": {
        "-items.[].entitlementId": LEGACY,
        "-items.[].links.offer": LEGACY,
    },
    "subscriptions/patch-scheduled-change": {
        "-customTermEndDate": SCHEDULED,
        "-scheduledNextTermInstructions.customTermEndDate": SCHEDULED,
        "-scheduledNextTermInstructions.product.promotionId": SCHEDULED,
    },
}
"""Per exchange, beside what is in `DOCUMENTED`."""

NOT_PLAYED: Final = {
    "addresses/validate-failed-2007-old": "the contract of before May 2021",
    "carts/create-base-and-addon-legacy": LEGACY,
    "catalogue/offer-addons-legacy": LEGACY,
    "customers/managed-services": "nothing reads it",
    "customers/verified-domain-post": "domains are added through the directory",
    "licences/assign-error-900316": "refused as 900329 like every call that needs a person",
    "orders/cancel-sandbox": "only in the vendor's integration sandbox",
    "orders/change-billing-cycle-legacy": LEGACY,
    "orders/create": AZURE,
    "webhooks/event-granular-admin-relationship-approved": "delivered: see `test_events`",
    "webhooks/event-invoice-ready": "invoices are announced to nobody yet",
    "webhooks/event-reseller-relationship-accepted-by-customer": "delivered: see `test_events`",
    "webhooks/event-subscription-updated": "delivered: see `test_events`",
    "webhooks/event-test-created-signed": "delivered: see `test_events`",
}
"""Exchanges that do not happen in the sandbox, with the reason."""
