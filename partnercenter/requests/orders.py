"""Writes about carts."""

from collections.abc import Sequence
from typing import Any

from partnercenter.request import Request, json_bytes, without_nothing
from partnercenter.types import WantedLine


def create_cart(*, customer_id: str, lines: Sequence[WantedLine]) -> Request:
    """A cart with these lines; a line that cannot be bought comes back with its error."""
    body = {"lineItems": [_line(number, line) for number, line in enumerate(lines)]}
    return Request(method="POST", path=f"/v1/customers/{customer_id}/carts", body=json_bytes(body))


def _line(number: int, line: WantedLine) -> dict[str, Any]:
    seller = [{"key": "transaction_reseller", "value": line.mpn_id}] if line.mpn_id else None
    parent = line.parent_subscription_id
    return without_nothing(
        {
            "id": number,
            "catalogItemId": line.catalog_item_id,
            "friendlyName": line.friendly_name,
            "quantity": line.quantity,
            "billingCycle": line.billing_cycle,
            "termDuration": line.term_duration,
            "promotionId": line.promotion_id,
            "participants": seller,
            "provisioningContext": {"parentSubscriptionId": parent} if parent else None,
            "partnerOnRecordAttestationAccepted": True if line.mpn_id else None,
        }
    )


def checkout_cart(*, customer_id: str, cart_id: str) -> Request:
    """Buys the cart. Microsoft answers a repeat with the first result."""
    return Request(method="POST", path=f"/v1/customers/{customer_id}/carts/{cart_id}/checkout")
