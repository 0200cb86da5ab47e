"""Writes about subscriptions.

Microsoft replaces: a member left out is reset (`autoRenewEnabled` to false). So every change is the
whole resource as it was just read, with the change applied.
"""

from typing import Any

from partnercenter.request import Request, json_bytes, without_nothing

Resource = dict[str, Any]


def change_seats(*, customer_id: str, resource: Resource, quantity: int) -> Request:
    """The total number of seats. Fewer only within seven days of buying them."""
    return patch(customer_id, resource, {"quantity": quantity})


def rename_subscription(*, customer_id: str, resource: Resource, name: str) -> Request:
    """The name people see."""
    return patch(customer_id, resource, {"friendlyName": name})


def suspend_subscription(*, customer_id: str, resource: Resource) -> Request:
    """Users lose access; billing goes on, renewal is switched off."""
    return patch(customer_id, resource, {"status": "suspended"})


def reactivate_subscription(*, customer_id: str, resource: Resource) -> Request:
    """Ends a suspension."""
    return patch(customer_id, resource, {"status": "active"})


def cancel_subscription(*, customer_id: str, resource: Resource) -> Request:
    """Ends it for good, with all its seats. Only within seven days of the term's start."""
    return patch(customer_id, resource, {"status": "deleted"})


def change_plan(*, customer_id: str, resource: Resource, term: str, billing_cycle: str) -> Request:
    """A longer term (`P1M` → `P1Y` → `P3Y`) or another billing frequency, from now on."""
    return patch(customer_id, resource, {"termDuration": term, "billingCycle": billing_cycle})


def set_partner_of_record(*, customer_id: str, resource: Resource, mpn_id: str) -> Request:
    """Whose sale it is from now on. For most subscriptions Microsoft allows it only with a
    renewal (800098): schedule it there.
    """
    return patch(customer_id, resource, {"partnerId": mpn_id})


def transition(
    *,
    customer_id: str,
    subscription_id: str,
    from_catalog_item_id: str,
    to_catalog_item_id: str,
    quantity: int,
    term: str,
    billing_cycle: str,
    transition_type: str,
    to_subscription_id: str = "",
    promotion_id: str = "",
) -> Request:
    """An upgrade of all or some seats, into a new subscription or `to_subscription_id`.

    `transition_type` and target are from `transition_eligibilities`.
    """
    body = {
        "fromCatalogItemId": from_catalog_item_id,
        "fromSubscriptionId": subscription_id,
        "toCatalogItemId": to_catalog_item_id,
        "toSubscriptionId": to_subscription_id,
        "quantity": quantity,
        "termDuration": term,
        "billingCycle": billing_cycle,
        "promotionId": promotion_id,
        "transitionType": transition_type,
    }
    path = f"/v1/customers/{customer_id}/subscriptions/{subscription_id}/transitions"
    return Request(method="POST", path=path, body=json_bytes(without_nothing(body)))


def patch(customer_id: str, resource: Resource, change: Resource) -> Request:
    """The resource as it was read, with the change."""
    path = f"/v1/customers/{customer_id}/subscriptions/{resource['id']}"
    return Request(method="PATCH", path=path, body=json_bytes({**resource, **change}))
