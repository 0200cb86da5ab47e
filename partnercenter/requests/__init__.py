"""Builders of every write: pure functions from our words to a `Request`.

A request is built once, stored, and sent with one `request_id` until an answer comes.
"""

from partnercenter.requests.customers import (
    attest_agreement,
    consent_application,
    create_customer,
    drop_relationship,
    qualify,
    update_billing_profile,
)
from partnercenter.requests.graph import (
    add_domain,
    assign_gdap,
    create_gdap,
    enable_services,
    extend_gdap,
    lock_gdap,
    terminate_gdap,
    verify_domain,
)
from partnercenter.requests.orders import checkout_cart, create_cart, update_cart
from partnercenter.requests.renewals import choose_renewal, clear_schedule, schedule_next_term
from partnercenter.requests.subscriptions import (
    cancel_subscription,
    change_plan,
    change_seats,
    reactivate_subscription,
    rename_subscription,
    set_partner_of_record,
    suspend_subscription,
    transition,
)
from partnercenter.requests.users import assign_role, create_user, reset_password
from partnercenter.requests.webhooks import register_webhook, test_webhook, update_webhook

__all__ = [
    "add_domain",
    "assign_gdap",
    "assign_role",
    "attest_agreement",
    "cancel_subscription",
    "change_plan",
    "change_seats",
    "checkout_cart",
    "choose_renewal",
    "clear_schedule",
    "consent_application",
    "create_cart",
    "create_customer",
    "create_gdap",
    "create_user",
    "drop_relationship",
    "enable_services",
    "extend_gdap",
    "lock_gdap",
    "qualify",
    "reactivate_subscription",
    "register_webhook",
    "rename_subscription",
    "reset_password",
    "schedule_next_term",
    "set_partner_of_record",
    "suspend_subscription",
    "terminate_gdap",
    "test_webhook",
    "transition",
    "update_billing_profile",
    "update_cart",
    "update_webhook",
    "verify_domain",
]
