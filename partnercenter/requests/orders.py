"""Writes about carts."""

from collections.abc import Sequence
from typing import Any

from partnercenter.request import Request, json_bytes, without_nothing
from partnercenter.types import WantedLine


def create_cart(*, customer_id: str, lines: Sequence[WantedLine]) -> Request:
    """A cart with these lines; a line that cannot be bought comes back with its error."""
    body = json_bytes({"lineItems": _lines(lines)})
    return Request(method="POST", path=f"/v1/customers/{customer_id}/carts", body=body)


def update_cart(*, customer_id: str, cart_id: str, lines: Sequence[WantedLine]) -> Request:
    """The cart with these lines instead of the ones it had."""
    body = json_bytes({"id": cart_id, "lineItems": _lines(lines)})
    path = f"/v1/customers/{customer_id}/carts/{cart_id}"
    return Request(method="PUT", path=path, body=body)


def _lines(lines: Sequence[WantedLine], first: int = 0) -> list[dict[str, Any]]:
    """Add-ons are lines inside their base's, numbered on."""
    written = []
    for line in lines:
        addons = _lines(line.addon_items, first + 1)
        written.append(without_nothing({**_line(first, line), "addonItems": addons or None}))
        first += 1 + _count(line.addon_items)
    return written


def _count(lines: Sequence[WantedLine]) -> int:
    return sum(1 + _count(line.addon_items) for line in lines)


def _line(number: int, line: WantedLine) -> dict[str, Any]:
    seller = [{"key": "transaction_reseller", "value": line.mpn_id}] if line.mpn_id else None
    parent, ends = line.parent_subscription_id, line.custom_term_end_date
    return {
        "id": number,
        "catalogItemId": line.catalog_item_id,
        "friendlyName": line.friendly_name,
        "quantity": line.quantity,
        "billingCycle": line.billing_cycle,
        "termDuration": line.term_duration,
        "customTermEndDate": f"{ends.isoformat()}T00:00:00Z" if ends else None,
        "renewsTo": {"termDuration": line.renews_to} if line.renews_to else None,
        "promotionId": line.promotion_id,
        "participants": seller,
        "provisioningContext": {"parentSubscriptionId": parent} if parent else None,
        "attestationAccepted": True if line.attestation_accepted else None,
        "partnerOnRecordAttestationAccepted": True if line.mpn_id else None,
    }


def checkout_cart(*, customer_id: str, cart_id: str) -> Request:
    """Buys the cart. Microsoft answers a repeat with the first result."""
    return Request(method="POST", path=f"/v1/customers/{customer_id}/carts/{cart_id}/checkout")
