"""Builders of every write: pure functions from our words to a `Request`.

A request is built once, stored, and sent with one `request_id` until an answer comes.
"""

from partnercenter.requests.customers import (
    attest_agreement,
    consent_application,
    create_customer,
    qualify,
)
from partnercenter.requests.graph import (
    add_domain,
    assign_gdap,
    create_gdap,
    enable_services,
    lock_gdap,
    verify_domain,
)
from partnercenter.requests.orders import checkout_cart, create_cart
from partnercenter.requests.subscriptions import (
    cancel_subscription,
    change_seats,
    choose_renewal,
    reactivate_subscription,
    rename_subscription,
    suspend_subscription,
)
from partnercenter.requests.users import assign_role, create_user, reset_password

__all__ = [
    "add_domain",
    "assign_gdap",
    "assign_role",
    "attest_agreement",
    "cancel_subscription",
    "change_seats",
    "checkout_cart",
    "choose_renewal",
    "consent_application",
    "create_cart",
    "create_customer",
    "create_gdap",
    "create_user",
    "enable_services",
    "lock_gdap",
    "qualify",
    "reactivate_subscription",
    "rename_subscription",
    "reset_password",
    "suspend_subscription",
    "verify_domain",
]
