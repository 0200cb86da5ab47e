"""How each printed exchange is asked for with the client: one literal table."""

import json
from collections.abc import Callable
from typing import Any

from partnercenter import PartnerCenter, requests
from partnercenter.request import Request, json_bytes
from partnercenter.types import MicrosoftEvent
from tests.exchanges import builders as built
from tests.exchanges.examples import Exchange

ID = "5e9a3a3b-6d2c-4d65-8a3f-0c2d5a3d7e11"
Ask = Callable[[PartnerCenter, Exchange], Any]


def event(_client: PartnerCenter, x: Exchange) -> Any:
    return MicrosoftEvent.parse(json_bytes(x.body))


def raw(client: PartnerCenter, x: Exchange) -> Any:
    """A call without a name in the client: `send` loses nothing either."""
    query = "&".join(f"{name}={value}" for name, value in x.query.items())
    path = f"{x.path}?{query}" if query else x.path
    body = json_bytes(x.body) if x.body is not None else b""
    request = Request(method=x.method, path=path, body=body, is_read=x.method == "GET")
    return client.send(request, request_id=ID).value


CALLS: dict[str, Ask] = {
    "addresses/validate-street-partial": lambda c, x: c.validate_address(
        address=built.address(x.wanted)
    ),
    "addresses/validate-verified-shippable": lambda c, x: c.validate_address(
        address=built.address(x.wanted)
    ),
    "addresses/validate-failed-2007-old": lambda c, x: c.validate_address(
        address=built.address(x.wanted)
    ),
    "agreements/attest-mca": lambda c, x: c.attest_agreement(built.attestation(x), request_id=ID),
    "agreements/attest-mca-already-there": lambda c, x: c.attest_agreement(
        built.attestation(x), request_id=ID
    ),
    "agreements/list": lambda c, x: c.customer_agreements(customer_id=x.var(0)),
    "agreements/metadata-all": lambda c, x: c.agreement_templates(agreement_type=""),
    "agreements/metadata-mca": lambda c, x: c.agreement_templates(),
    "agreements/template-document": lambda c, x: c.agreement_document(
        template_id=x.var(0), language=x.query["language"], country=x.query["country"]
    ),
    "carts/checkout-multi": lambda c, x: c.checkout_cart(
        requests.checkout_cart(customer_id=x.var(0), cart_id=x.var(1)), request_id=ID
    ),
    "carts/checkout-nce": lambda c, x: c.checkout_cart(
        requests.checkout_cart(customer_id=x.var(0), cart_id=x.var(1)), request_id=ID
    ),
    "carts/create-addon-to-existing": lambda c, x: c.create_cart(built.cart(x), request_id=ID),
    "carts/create-base-and-addon-legacy": lambda c, x: c.create_cart(built.cart(x), request_id=ID),
    "carts/create-base-and-addon-nce": lambda c, x: c.create_cart(built.cart(x), request_id=ID),
    "carts/create-multi": lambda c, x: c.create_cart(built.cart(x), request_id=ID),
    "carts/create-nce": lambda c, x: c.create_cart(built.cart(x), request_id=ID),
    "carts/update": lambda c, x: c.update_cart(
        requests.update_cart(customer_id=x.var(0), cart_id=x.var(1), lines=built.lines(x)),
        request_id=ID,
    ),
    "catalogue/availabilities-of-sku-by-customer": lambda c, x: c.availabilities(
        customer_id=x.var(0), product_id=x.var(1), sku_id=x.var(2), country=""
    ),
    "catalogue/price-sheet-licence": lambda c, x: list(
        c.prices(market="US", timeline=x.query["timeline"], month=x.query["month"])
    ),
    "catalogue/products-onlineservices": lambda c, x: c.products(country=x.query["country"]),
    "catalogue/products-onlineservices-by-customer": lambda c, x: c.products(
        country="", customer_id=x.var(0)
    ),
    "catalogue/promotion": lambda c, x: c.promotion(
        promotion_id=x.var(0), country=x.query["country"]
    ),
    "catalogue/promotion-eligibility-ok": lambda c, x: c.promotion_eligibilities(
        customer_id=x.var(0), lines=[built.line(item) for item in x.wanted["items"]]
    ),
    "catalogue/promotion-eligibility-refused": lambda c, x: c.promotion_eligibilities(
        customer_id=x.var(0), lines=[built.line(item) for item in x.wanted["items"]]
    ),
    "catalogue/promotions": lambda c, x: c.promotions(
        country=x.query["country"], segment=x.query["segment"]
    ),
    "catalogue/skus": lambda c, x: c.skus(product_id=x.var(0), country=x.query["country"]),
    "customers/billing-profile-get": lambda c, x: c.billing_profile(customer_id=x.var(0)),
    "customers/billing-profile-put": lambda c, x: c.update_billing_profile(
        built.profile(x), request_id=ID
    ),
    "customers/create-direct": lambda c, x: c.create_customer(built.customer(x), request_id=ID),
    "customers/create-for-indirect-reseller": lambda c, x: c.create_customer(
        built.customer(x), request_id=ID
    ),
    "customers/filter-by-company-name": lambda c, x: list(
        c.customers(company_name=filtered(x), page_size=0)
    ),
    "customers/filter-by-indirect-reseller": lambda c, x: list(
        c.customers(reseller_tenant_id=filtered(x), page_size=0)
    ),
    "customers/get": lambda c, x: c.customer(customer_id=x.var(0)),
    "customers/indirect-resellers-of-customer": lambda c, x: c.customer_resellers(
        customer_id=x.var(0)
    ),
    "customers/list": lambda c, x: list(c.customers(page_size=40)),
    "customers/qualification-post-education": lambda c, x: c.qualify(
        requests.qualify(
            customer_id=x.var(0),
            qualification=x.wanted["qualification"],
            education_segment=x.wanted["educationSegment"],
            website=x.wanted["website"],
        ),
        request_id=ID,
    ),
    "customers/qualifications-approved": lambda c, x: c.qualifications(customer_id=x.var(0)),
    "customers/qualifications-denied": lambda c, x: c.qualifications(customer_id=x.var(0)),
    "customers/qualifications-in-review": lambda c, x: c.qualifications(customer_id=x.var(0)),
    "customers/relationship-remove": lambda c, x: c.drop_relationship(
        requests.drop_relationship(customer_id=x.var(0)), request_id=ID
    ),
    "customers/relationship-request-link": lambda c, x: c.relationship_request(),
    "customers/validation-status-404": lambda c, x: c.validation_status(customer_id=x.var(0)),
    "customers/validation-status-allowed": lambda c, x: c.validation_status(customer_id=x.var(0)),
    "customers/validation-status-not-allowed": lambda c, x: c.validation_status(
        customer_id=x.var(0)
    ),
    "customers/validation-status-not-ready": lambda c, x: c.validation_status(customer_id=x.var(0)),
    "customers/validation-status-under-review": lambda c, x: c.validation_status(
        customer_id=x.var(0)
    ),
    "customers/validation-status-unknown": lambda c, x: c.validation_status(customer_id=x.var(0)),
    "domains/head-available-404": lambda c, x: c.domain_is_taken(prefix="contoso"),
    "domains/head-taken-200": lambda c, x: c.domain_is_taken(prefix="contoso"),
    "errors/429-rate-limit": lambda c, x: list(c.customers()),
    "graph/domain-create": lambda c, x: c.add_domain(
        requests.add_domain(customer_id=ID, name=x.wanted["id"]), request_id=ID
    ),
    "graph/domain-service-records": lambda c, x: c.service_records(customer_id=ID, name=x.var(0)),
    "graph/domain-update": lambda c, x: c.enable_services(
        requests.enable_services(
            customer_id=ID, name=x.var(0), services=x.wanted["supportedServices"]
        ),
        request_id=ID,
    ),
    "graph/domain-verification-records": lambda c, x: c.verification_records(
        customer_id=ID, name=x.var(0)
    ),
    "graph/domain-verify": lambda c, x: c.verify_domain(
        requests.verify_domain(customer_id=ID, name=x.var(0)), request_id=ID
    ),
    "graph/gdap-access-assignment": lambda c, x: c.assign_gdap(
        requests.assign_gdap(
            gdap_id=x.var(0),
            group_id=x.wanted["accessContainer"]["accessContainerId"],
            role_ids=built.roles(x.wanted),
        ),
        request_id=ID,
    ),
    "graph/gdap-create": lambda c, x: c.create_gdap(built.gdap(x), request_id=ID),
    "graph/gdap-lock-for-approval": lambda c, x: c.lock_gdap(
        requests.lock_gdap(gdap_id=x.var(0)), request_id=ID
    ),
    "licences/subscribed-skus": lambda c, x: c.subscribed_skus(customer_id=x.var(0)),
    "orders/get": lambda c, x: c.order(customer_id=x.var(0), order_id=x.var(1)),
    "orders/list": lambda c, x: c.orders(customer_id=x.var(0)),
    "orders/provisioning-status": lambda c, x: c.order_provisioning(
        customer_id=x.var(0), order_id=x.var(1)
    ),
    "partner/indirect-resellers": lambda c, x: c.indirect_resellers(),
    "partner/mpa-status-error-2000-mpn-not-numeric": lambda c, x: c.agreement_status(mpn_id="x"),
    "partner/mpa-status-error-2200-invalid-mpn": lambda c, x: c.agreement_status(mpn_id="1"),
    "partner/mpa-status-signed-by-mpnid": lambda c, x: c.agreement_status(mpn_id="1234567"),
    "partner/mpn-profile-by-id": lambda c, x: c.partner_profile(mpn_id=x.query["mpnId"]),
    "partner/mpn-profile-by-id-404": lambda c, x: c.partner_profile(mpn_id=x.query["mpnId"]),
    "partner/mpn-profile-own": lambda c, x: c.own_profile(),
    "partner/validate-resellers": lambda c, x: c.validate_partners(mpn_ids=x.wanted["partnerIds"]),
    "subscriptions/addons": lambda c, x: c.addons(customer_id=x.var(0), subscription_id=x.var(1)),
    "subscriptions/custom-term-end-dates": lambda c, x: c.custom_term_end_dates(
        customer_id=x.path.split("/")[3], term=x.query["term_duration"]
    ),
    "subscriptions/get-nce": lambda c, x: c.subscription(
        customer_id=x.var(0), subscription_id=x.var(1)
    ),
    "subscriptions/list-nce": lambda c, x: c.subscriptions(customer_id=x.var(0)),
    "subscriptions/patch-autorenew-nce-request": lambda c, x: c.change_subscription(
        requests.choose_renewal(customer_id=x.var(0), resource=resource(x), choice="cancel"),
        request_id=ID,
    ),
    "subscriptions/patch-cancel": lambda c, x: c.change_subscription(
        requests.cancel_subscription(customer_id=x.var(0), resource=resource(x)), request_id=ID
    ),
    "subscriptions/patch-nce-202": lambda c, x: c.change_subscription(
        requests.rename_subscription(
            customer_id=x.var(0), resource=resource(x), name=x.wanted["friendlyName"]
        ),
        request_id=ID,
    ),
    "subscriptions/patch-quantity-nce": lambda c, x: c.change_subscription(
        requests.change_seats(
            customer_id=x.var(0), resource=resource(x), quantity=x.wanted["quantity"]
        ),
        request_id=ID,
    ),
    "subscriptions/patch-quantity-nce-800090": lambda c, x: c.change_subscription(
        requests.change_seats(
            customer_id=x.var(0), resource=resource(x), quantity=x.wanted["quantity"]
        ),
        request_id=ID,
    ),
    "subscriptions/patch-scheduled-change": lambda c, x: c.change_subscription(
        requests.schedule_next_term(
            customer_id=x.var(0),
            resource=resource(x),
            next_term=built.next_term(x.wanted["scheduledNextTermInstructions"]),
        ),
        request_id=ID,
    ),
    "subscriptions/provisioning-status": lambda c, x: c.subscription_provisioning(
        customer_id=x.var(0), subscription_id=x.var(1)
    ),
    "subscriptions/transition-eligibilities": lambda c, x: c.transition_eligibilities(
        customer_id=x.path.split("/")[3], subscription_id=x.path.split("/")[5]
    ),
    "subscriptions/transition-post": lambda c, x: c.transition(built.upgrade(x), request_id=ID),
    "users/create": lambda c, x: c.create_user(built.user(x), request_id=ID),
    "users/deleted-list": lambda c, x: list(c.users(customer_id=x.var(0), deleted=True)),
    "users/get": lambda c, x: c.user(customer_id=x.var(0), user_id=x.var(1)),
    "users/list": lambda c, x: list(c.users(customer_id=x.var(0))),
    "users/reset-password": lambda c, x: c.reset_password(
        requests.reset_password(
            customer_id=x.var(0),
            user_id=x.var(1),
            password=x.wanted["passwordProfile"]["password"],
        ),
        request_id=ID,
    ),
    "users/role-assign": lambda c, x: c.assign_role(
        requests.assign_role(
            customer_id=x.var(0),
            role_id=x.var(1),
            user_id=x.wanted["id"],
            display_name=x.wanted["displayName"],
            user_principal_name=x.wanted["userPrincipalName"],
        ),
        request_id=ID,
    ),
    "webhooks/event-granular-admin-relationship-approved": event,
    "webhooks/event-invoice-ready": event,
    "webhooks/event-reseller-relationship-accepted-by-customer": event,
    "webhooks/event-subscription-updated": event,
    "webhooks/event-test-created-signed": event,
    "webhooks/registration-events": lambda c, x: c.webhook_events(),
    "webhooks/registration-get": lambda c, x: c.webhook_registration(),
    "webhooks/registration-post": lambda c, x: c.register_webhook(
        requests.register_webhook(url=x.wanted["webhookUrl"], events=x.wanted["webhookEvents"]),
        request_id=ID,
    ),
    "webhooks/registration-put": lambda c, x: c.update_webhook(
        requests.update_webhook(url=x.wanted["webhookUrl"], events=x.wanted["webhookEvents"]),
        request_id=ID,
    ),
    "webhooks/validation-get": lambda c, x: c.webhook_test(correlation_id=x.var(0)),
    "webhooks/validation-post": lambda c, x: c.test_webhook(requests.test_webhook(), request_id=ID),
}


def filtered(x: Exchange) -> str:
    """What a list was filtered by."""
    return str(json.loads(x.query["filter"])["Value"])


def resource(x: Exchange) -> dict[str, Any]:
    """The subscription that was read before the printed change."""
    return dict(x.body)


UNNAMED = {
    "agreements/direct-sign-status": "the provider attests; customers sign nothing directly",
    "catalogue/availability": "availabilities are read by their SKU",
    "catalogue/product": "products are read as a list",
    "catalogue/sku": "SKUs are read as a list",
    "catalogue/offer-addons-legacy": "the old catalogue is not sold any more",
    "customers/company-profile": "the customer carries it",
    "customers/custom-domains": "domains are read from the directory",
    "customers/delete-sandbox": "only in Microsoft's integration sandbox",
    "customers/managed-services": "not part of this portal",
    "customers/organization": "domains are read from the directory",
    "customers/verified-domain-post": "domains are added through the directory",
    "licences/assign": "licences are given to users in Microsoft's own admin center",
    "licences/assign-error-60012": "as licences/assign",
    "licences/assign-error-900309": "as licences/assign",
    "licences/assign-error-900316": "as licences/assign",
    "licences/of-user": "as licences/assign",
    "licences/subscribed-skus-empty": "licence groups are not asked for",
    "orders/cancel-sandbox": "only in Microsoft's integration sandbox",
    "orders/change-billing-cycle-legacy": "the old commerce",
    "orders/create": "orders are made by carts",
    "orders/create-for-indirect-reseller": "orders are made by carts",
    "orders/list-by-billing-cycle": "orders are read whole",
    "partner/billing-profile": "the provider's own profile is not shown",
    "partner/legal-business-profile": "the provider's own profile is not shown",
    "users/delete": "the portal deletes no users",
    "users/patch": "the portal changes no users but their password",
    "users/restore": "the portal deletes no users",
    "users/role-remove": "the portal takes no roles",
    "users/roles": "administrators are found by role, not by user",
}
"""Exchanges that no call of the client is for, with the reason; they are sent raw."""

NOT_REPLAYED = {
    "auth/token-app-only-v1": "MSAL asks the newer endpoint; `test_tokens` reads the answer",
    "auth/token-refresh-appuser-v1": "as auth/token-app-only-v1",
}
"""Exchanges that are not replayed, with the reason."""
