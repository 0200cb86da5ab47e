"""Orders as Microsoft shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sandbox.microsoft.door import link
from sandbox.microsoft.licences import SYMBOLS

if TYPE_CHECKING:
    from sandbox.table import Item
    from sandbox.world import World


def order(world: World, found: Item, *, is_new: bool = False) -> Item:
    """An order; its lines learn their subscriptions a moment after the purchase."""
    is_named = not is_new and world.is_past(found["named_at"])
    is_done = not is_new and world.is_past(found["provisioned_at"])
    uri = f"/customers/{found['customer_id']}/orders/{found['id']}"
    return {
        "id": found["id"],
        "alternateId": found["id"],
        "referenceCustomerId": found["customer_id"],
        "billingCycle": found["cycle"],
        "currencyCode": found["currency"],
        "currencySymbol": SYMBOLS[found["currency"]],
        "lineItems": [_line(found, line, is_named=is_named) for line in found["lines"]],
        "creationDate": found["created"],
        "status": "completed" if is_done else "pending",
        "transactionType": "UserPurchase",
        "links": {
            "self": link(uri),
            "provisioningStatus": link(f"{uri}/provisioningstatus"),
            "patchOperation": link(uri, "PATCH"),
        },
        "totalPrice": sum(line["pricing"]["extendedPrice"] for line in found["lines"]),
        "client": {},
        "attributes": {"objectType": "Order"},
    }


def _line(found: Item, line: Item, *, is_named: bool) -> Item:
    product, sku, availability = line["item"].split(":")
    at, country = f"/products/{product}", f"?country={found['country']}"
    links = {
        "product": link(at + country),
        "sku": link(f"{at}/skus/{sku}{country}"),
        "availability": link(f"{at}/skus/{sku}/availabilities/{availability}{country}"),
    }
    shown: Item = {
        "lineItemNumber": line["number"],
        "offerId": line["item"],
        "termDuration": line["term"],
        "transactionType": "New",
        "friendlyName": line["name"],
        "quantity": line["quantity"],
        "pricing": line["pricing"],
    }
    if line["mpn_id"]:
        shown["partnerIdOnRecord"] = line["mpn_id"]
    if is_named:
        shown["subscriptionId"] = line["subscription_id"]
        uri = f"/customers/{found['customer_id']}/subscriptions/{line['subscription_id']}"
        links["subscription"] = link(uri)
    return {**shown, "links": links}


def provisioning(world: World, found: Item) -> list[Item]:
    """How far each line is."""
    is_done = world.is_past(found["provisioned_at"])
    status = "fulfilled" if is_done else "unfulfilled"
    return [
        {
            "orderLineItemId": line["number"],
            "lineItemNumber": line["number"],
            "status": status,
            "quantityProvisioningInformation": [{"quantity": line["quantity"], "status": status}],
        }
        for line in found["lines"]
    ]
