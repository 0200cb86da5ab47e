"""Writes about subscriptions.

Microsoft replaces: a member left out is reset (`autoRenewEnabled` to false). So every change is the
whole resource as it was just read, with the change applied.
"""

from typing import Any, Final, Literal

from partnercenter.request import Request, json_bytes

Resource = dict[str, Any]
Renewal = Literal["renew", "cancel", "extend"]

_AT_TERM_END: Final[dict[Renewal, str]] = {
    "renew": "RenewToNewTerm",
    "cancel": "Cancel",
    "extend": "RenewToExtendedServiceTerm",
}


def change_seats(*, customer_id: str, resource: Resource, quantity: int) -> Request:
    """The total number of seats. Fewer only within seven days of buying them."""
    return _patch(customer_id, resource, {"quantity": quantity})


def rename_subscription(*, customer_id: str, resource: Resource, name: str) -> Request:
    """The name people see."""
    return _patch(customer_id, resource, {"friendlyName": name})


def suspend_subscription(*, customer_id: str, resource: Resource) -> Request:
    """Users lose access; billing goes on, renewal is switched off."""
    return _patch(customer_id, resource, {"status": "suspended"})


def reactivate_subscription(*, customer_id: str, resource: Resource) -> Request:
    """Ends a suspension."""
    return _patch(customer_id, resource, {"status": "active"})


def cancel_subscription(*, customer_id: str, resource: Resource) -> Request:
    """Ends it for good, with all its seats. Only within seven days of the term's start."""
    return _patch(customer_id, resource, {"status": "deleted"})


def choose_renewal(*, customer_id: str, resource: Resource, choice: Renewal) -> Request:
    """What happens at the end of the term, said explicitly.

    A bare `autoRenewEnabled: false` would be turned into the extended service term.
    """
    action = {"scheduleType": "TermEnd", "actionType": _AT_TERM_END[choice]}
    change = {"autoRenewEnabled": choice == "renew", "scheduledActions": [action]}
    return _patch(customer_id, resource, change)


def _patch(customer_id: str, resource: Resource, change: Resource) -> Request:
    path = f"/v1/customers/{customer_id}/subscriptions/{resource['id']}"
    return Request(method="PATCH", path=path, body=json_bytes({**resource, **change}))
