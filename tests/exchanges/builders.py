"""The printed bodies in our words: what a caller would have said to send them."""

from datetime import date
from typing import Any

from partnercenter import requests
from partnercenter.request import Request
from partnercenter.types import Address, BillingProfile, NextTerm, WantedLine
from partnercenter.wire import moment
from tests.exchanges.examples import Exchange


def address(told: dict[str, Any]) -> Address:
    return Address.parse(told)


def customer(exchange: Exchange) -> Request:
    told = exchange.wanted
    company, billing = told["companyProfile"], told["billingProfile"]
    return requests.create_customer(
        domain=company["domain"],
        company_name=billing["companyName"],
        email=billing["email"],
        address=address(billing["defaultAddress"]),
        culture=billing["culture"],
        language=billing["language"],
        associated_partner_id=told.get("associatedPartnerId") or "",
    )


def attestation(exchange: Exchange) -> Request:
    told = exchange.wanted
    contact = told["primaryContact"]
    agreed_at = moment(told, "dateAgreed")
    assert agreed_at is not None
    return requests.attest_agreement(
        customer_id=exchange.var(0),
        template_id=told["templateId"],
        agreed_at=agreed_at,
        first_name=contact["firstName"],
        last_name=contact["lastName"],
        email=contact["email"],
        phone=contact["phoneNumber"],
        agreement_type=told["type"],
    )


def line(told: dict[str, Any]) -> WantedLine:
    return WantedLine(
        catalog_item_id=told["catalogItemId"],
        quantity=told["quantity"],
        billing_cycle=told.get("billingCycle", ""),
        term_duration=told.get("termDuration", ""),
        friendly_name=told.get("friendlyName", ""),
        promotion_id=told.get("promotionId", ""),
        parent_subscription_id=told.get("provisioningContext", {}).get("parentSubscriptionId", ""),
        renews_to=told.get("renewsTo", {}).get("termDuration", ""),
        addon_items=tuple(line(each) for each in told.get("addonItems", ())),
    )


def lines(exchange: Exchange) -> list[WantedLine]:
    return [line(each) for each in exchange.wanted["lineItems"]]


def cart(exchange: Exchange) -> Request:
    return requests.create_cart(customer_id=exchange.var(0), lines=lines(exchange))


def next_term(told: dict[str, Any]) -> NextTerm:
    product = told["product"]
    return NextTerm(
        product_id=product["productId"],
        sku_id=product["skuId"],
        availability_id=product["availabilityId"],
        term_duration=product["termDuration"],
        billing_cycle=product["billingCycle"],
        promotion_id=product["promotionId"],
        quantity=told["quantity"],
        custom_end_date=date.fromisoformat(told["customTermEndDate"][:10]),
    )


def upgrade(exchange: Exchange) -> Request:
    told = exchange.wanted
    return requests.transition(
        customer_id=exchange.var(0),
        subscription_id=told["fromSubscriptionId"],
        from_catalog_item_id=told["fromCatalogItemId"],
        to_catalog_item_id=told["toCatalogItemId"],
        to_subscription_id=told["toSubscriptionId"],
        quantity=told["quantity"],
        term=told["termDuration"],
        billing_cycle=told["billingCycle"],
        transition_type=told["transitionType"],
    )


def user(exchange: Exchange) -> Request:
    told = exchange.wanted
    return requests.create_user(
        customer_id=exchange.var(0),
        user_principal_name=told["userPrincipalName"],
        display_name=told["displayName"],
        first_name=told["firstName"],
        last_name=told["lastName"],
        usage_location=told["usageLocation"],
        password=told["passwordProfile"]["password"],
    )


def profile(exchange: Exchange) -> Request:
    told = BillingProfile.parse(exchange.wanted)
    return requests.update_billing_profile(customer_id=exchange.var(0), profile=told)


def roles(told: dict[str, Any]) -> list[str]:
    return [role["roleDefinitionId"] for role in told["accessDetails"]["unifiedRoles"]]


def gdap(exchange: Exchange) -> Request:
    told = exchange.wanted
    return requests.create_gdap(
        display_name=told["displayName"],
        customer_id=told["customer"]["tenantId"],
        role_ids=roles(told),
        duration=told["duration"],
        auto_extend=told["autoExtendDuration"],
    )
