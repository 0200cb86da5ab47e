"""Products, SKUs and availabilities as the catalogue shows them."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from sandbox.microsoft.door import link
from sandbox.microsoft.licences import SYMBOLS, Licence, by_key, currency_of

if TYPE_CHECKING:
    from sandbox.table import Item

TERMS = {
    "P1M": "One-Month commitment for monthly billing",
    "P1Y": "One-Year commitment for monthly/yearly billing",
    "P3Y": "Three-Year commitment for monthly/yearly/triennial billing",
}
REFUNDS = [{"refundOptions": [{"sequenceId": 0, "type": "Full", "expiresAfter": "P1D"}]}]


def product_view(licence: Licence, country: str) -> Item:
    """A product, named as its first SKU."""
    uri = f"/products/{licence.product}"
    return {
        "id": licence.product,
        "title": licence.title,
        "description": licence.description,
        "productType": {"id": "OnlineServicesNCE", "displayName": "OnlineServicesNCE"},
        "isMicrosoftProduct": True,
        "publisherName": "Microsoft Corporation",
        "links": {
            "skus": link(f"{uri}/skus?country={country}"),
            "self": link(f"{uri}?country={country}"),
        },
    }


def sku_view(licence: Licence, country: str) -> Item:
    """A SKU, with what it needs and how many there may be."""
    uri = f"/products/{licence.product}/skus/{licence.sku}"
    cycles = {cycle.lower() for _, cycle in licence.plans()}
    return {
        "id": licence.sku,
        "productId": licence.product,
        "title": licence.title,
        "description": licence.description,
        "minimumQuantity": licence.minimum,
        "maximumQuantity": licence.maximum,
        "isTrial": licence.trial,
        "supportedBillingCycles": sorted(cycles),
        "purchasePrerequisites": ["MicrosoftCustomerAgreement"],
        "inventoryVariables": [],
        "provisioningVariables": [],
        "actions": ["Refund"],
        "dynamicAttributes": {
            "isMicrosoftProduct": True,
            "hasConstraints": True,
            "isAddon": bool(licence.addon_to),
            "prerequisiteSkus": licence.addon_to,
            "isSoftwareAssuranceApplicable": False,
            "upgradeTargetOffers": licence.upgrades,
            "provisioningId": licence.provisioning_id,
            "internal": False,
        },
        "links": {
            "availabilities": link(f"{uri}/availabilities?country={country}"),
            "self": link(f"{uri}?country={country}"),
        },
    }


def availability_view(licence: Licence, term: str, country: str, turn: int = 0) -> Item:
    """An availability: one term, in each of its billing cycles."""
    found = licence.availability(term, turn)
    currency = currency_of(country)
    plans = [cycle for planned, cycle in licence.plans() if planned == term]
    ids = [term_id(licence, term, cycle) for cycle in plans]
    renewed = {"renewToId": _renewed_to(licence), "isAutoRenewable": True}
    uri = f"/products/{licence.product}/skus/{licence.sku}/availabilities/{found}"
    return {
        "id": found,
        "productId": licence.product,
        "skuId": licence.sku,
        "catalogItemId": f"{licence.key}:{found}",
        "defaultCurrency": {"code": currency, "symbol": SYMBOLS[currency]},
        "segment": licence.segment,
        "country": country,
        "isPurchasable": True,
        "isRenewable": not licence.trial,
        "renewalInstructions": [{"applicableTermIds": ids, "renewalOptions": [renewed]}],
        "terms": [
            {
                "id": term_id(licence, term, cycle),
                "duration": term,
                "description": TERMS[term],
                "billingCycle": cycle,
                "cancellationPolicies": REFUNDS,
            }
            for cycle in plans
        ],
        "links": {"self": link(f"{uri}?country={country}")},
    }


def term_id(licence: Licence, term: str, cycle: str) -> str:
    """The id of a term: twelve letters and digits."""
    return hashlib.sha256(f"{licence.key}:{term}:{cycle}".encode()).hexdigest()[:12]


def _renewed_to(licence: Licence) -> str:
    """A trial goes on as the licence that it tries."""
    paid = [each for each in by_key().values() if each.product == licence.product]
    return next((each.key for each in paid if licence.trial and not each.trial), licence.key)
