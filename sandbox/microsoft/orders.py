"""Orders of a customer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sandbox.microsoft import cart_lines, checkout, order_views, owned
from sandbox.microsoft.cart_checks import errors
from sandbox.microsoft.casing import text
from sandbox.microsoft.customer_rows import ONE, find
from sandbox.microsoft.door import Call, Reply, collection, partner
from sandbox.microsoft.refusal import front

if TYPE_CHECKING:
    from sandbox.table import Item
    from sandbox.world import World


def list_all(call: Call, customer_id: str) -> Reply:
    """All orders, or those of one `billingType`; a new one appears after a moment."""
    customer, wanted = find(call.world, customer_id), call.query("billingType").lower()
    seen = [
        order
        for order in owned.of(call.world, "orders", customer["id"])
        if call.world.is_past(order["visible_at"]) and wanted in ("", order["cycle"])
    ]
    items = [order_views.order(call.world, order) for order in seen]
    return Reply(collection(items, f"/customers/{customer['id']}/orders"))


def find_order(world: World, customer: Item, order_id: str) -> Item:
    """One order of a customer.

    Raises:
        Refusal: 404 20000.
    """
    order = world.table("orders").get(order_id.lower())
    if not order or order["customer_id"] != customer["id"]:
        raise front(404, 20000, "Order ID not found")
    return order


def get(call: Call, customer_id: str, order_id: str) -> Reply:
    """One order, known from the moment it was placed."""
    customer = find(call.world, customer_id)
    return Reply(order_views.order(call.world, find_order(call.world, customer, order_id)))


def provisioning(call: Call, customer_id: str, order_id: str) -> Reply:
    """How far each line is."""
    customer = find(call.world, customer_id)
    order = find_order(call.world, customer, order_id)
    items = order_views.provisioning(call.world, order)
    body = {"totalCount": len(items), "items": items, "attributes": {"objectType": "Collection"}}
    return Reply(body)


def create(call: Call, customer_id: str) -> Reply:
    """An order without a cart: its first wrong line refuses all of it."""
    customer, world, body = find(call.world, customer_id), call.world, call.body()
    if text(body, "currencyCode").upper() not in ("", cart_lines.currency(customer)):
        told = "One or more of the order items do not support the given currency."
        raise front(400, 900169, told)
    lines = [{**line, "group": 0} for line in cart_lines.asked_lines(world, _as_cart(body))]
    for line, error in zip(lines, errors(world, customer, lines), strict=True):
        if error:
            status, code = REFUSALS[error[0]]
            raise front(status, code, error[1], f"line item {line['id']}")
    if len({line["cycle"] for line in lines}) > 1:
        raise front(400, 900269, "The billing cycle is invalid.")
    checkout.check_customer(world, customer)
    order = checkout.place(world, customer, lines)
    return Reply(order_views.order(world, order, is_new=True), 201)


def _as_cart(body: dict[str, Any]) -> dict[str, Any]:
    """The lines of an order in the words of a cart's."""
    given = body.get("lineItems")
    if not isinstance(given, list) or not all(isinstance(each, dict) for each in given):
        raise front(400, 800002, "Invalid request input", "lineItems")
    if [each.get("lineItemNumber", number) for number, each in enumerate(given)] != [
        *range(len(given))
    ]:
        told = "Line Item number should be from 0 to number of line items count"
        raise front(400, 800071, told)
    return {"lineItems": [_as_line(each, text(body, "billingCycle")) for each in given]}


def _as_line(line: dict[str, Any], cycle: str) -> dict[str, Any]:
    parent = text(line, "parentSubscriptionId")
    context = {"parentSubscriptionId": parent} if parent else line.get("provisioningContext", {})
    first = [text(line, "partnerIdOnRecord")] if text(line, "partnerIdOnRecord") else []
    more = line.get("additionalPartnerIdsOnRecord", [])
    return {
        **line,
        "id": line.get("lineItemNumber", 0),
        "catalogItemId": text(line, "offerId"),
        "billingCycle": text(line, "billingCycle") or cycle,
        "provisioningContext": context,
        "participants": [
            *({"key": "transaction_reseller", "value": each} for each in first),
            *({"key": "additional_transaction_reseller", "value": each} for each in more),
        ],
    }


# What is an error inside a cart's line refuses an order.
REFUSALS = {
    cart_lines.CATALOGUE: (404, 400019),
    cart_lines.QUOTA: (403, 800066),
    cart_lines.PARTICIPANTS: (400, 800002),
    cart_lines.SUBSCRIPTION: (400, 800029),
    cart_lines.INPUT: (400, 900275),
    cart_lines.ATTESTATION: (400, 900206),
    cart_lines.PLAN: (400, 900269),
    cart_lines.PROMOTION: (400, 27007),
    cart_lines.SEATS: (400, 900275),
    cart_lines.NOT_ALIGNED: (400, 900242),
    cart_lines.BEYOND_TERM: (400, 900242),
    cart_lines.ADD_ON_SEATS: (403, 800088),
    cart_lines.NO_BASE: (400, 400041),
}


ORDER = f"{ONE}/orders/<order_id>"
RULES = [
    partner("GET", f"{ONE}/orders", list_all),
    partner("POST", f"{ONE}/orders", create),
    partner("GET", ORDER, get),
    partner("GET", f"{ORDER}/provisioningstatus", provisioning, user=True),
]
