"""What a write is called in the audit records. The names are the vendor's enumerations."""

import re

Kind = tuple[str, str]
CUSTOMER = r"/v1/customers/[^/]+"
USER = rf"{CUSTOMER}/users/[^/]+"
SUBSCRIPTION = rf"{CUSTOMER}/subscriptions/[^/]+"
MEMBERS = rf"{CUSTOMER}/directoryroles/[^/]+/usermembers"
KINDS: tuple[tuple[str, str, Kind], ...] = (
    # method, path, (resourceType, operationType)
    ("POST", r"/v1/customers", ("customer", "add_customer")),
    ("PATCH", CUSTOMER, ("partner_customer_relationship", "remove_partner_customer_relationship")),
    ("DELETE", CUSTOMER, ("customer", "delete_customer")),
    ("PUT", rf"{CUSTOMER}/profiles/billing", ("customer", "update_customer_billing_profile")),
    ("POST", rf"{CUSTOMER}/qualifications", ("customer", "update_customer_qualification")),
    ("POST", rf"{CUSTOMER}/agreements", ("agreement", "create_agreement")),
    ("POST", rf"{CUSTOMER}/carts/[^/]+/checkout", ("order", "create_order")),
    ("POST", rf"{CUSTOMER}/orders", ("order", "create_order")),
    ("PATCH", rf"{CUSTOMER}/orders/[^/]+", ("order", "update_order")),
    ("PATCH", SUBSCRIPTION, ("subscription", "update_subscription")),
    ("POST", rf"{SUBSCRIPTION}/transitions", ("subscription", "upgrade_subscription")),
    ("POST", rf"{SUBSCRIPTION}/conversions", ("subscription", "convert_trial_subscription")),
    ("POST", rf"{CUSTOMER}/users", ("customer_user", "create_customer_user")),
    ("PATCH", USER, ("customer_user", "update_customer_user")),
    ("DELETE", USER, ("customer_user", "delete_customer_user")),
    ("PATCH", rf"{USER}/resetpassword", ("customer_user", "reset_customer_user_password")),
    ("POST", rf"{USER}/licenseupdates", ("license", "update_customer_user_licenses")),
    ("POST", MEMBERS, ("customer_directory_role", "add_user_member")),
    ("DELETE", rf"{MEMBERS}/[^/]+", ("customer_directory_role", "remove_user_member")),
    ("POST", rf"{CUSTOMER}/applicationconsents", ("application", "create_application_consent")),
    (
        "DELETE",
        rf"{CUSTOMER}/applicationconsents/[^/]+",
        ("application", "delete_application_consent"),
    ),
)


def kind_of(method: str, path: str) -> Kind | None:
    """Resource and operation of a write; None for one that leaves no record, like a cart."""
    for wanted, pattern, kind in KINDS:
        if method == wanted and re.fullmatch(pattern, path.rstrip("/"), re.IGNORECASE):
            return kind
    return None
