"""Writes about users and their roles. Bodies carry passwords: store them encrypted."""

from partnercenter.request import Request, json_bytes


def create_user(
    *,
    customer_id: str,
    user_principal_name: str,
    display_name: str,
    first_name: str,
    last_name: str,
    usage_location: str,
    password: str,
    force_change: bool = True,
) -> Request:
    """A user in the customer's tenant; without `usage_location` no licence can be given."""
    body = {
        "usageLocation": usage_location,
        "userPrincipalName": user_principal_name,
        "firstName": first_name,
        "lastName": last_name,
        "displayName": display_name,
        "passwordProfile": {"password": password, "forceChangePassword": force_change},
        "attributes": {"objectType": "CustomerUser"},
    }
    return Request(method="POST", path=f"/v1/customers/{customer_id}/users", body=json_bytes(body))


def reset_password(
    *, customer_id: str, user_id: str, password: str, force_change: bool = True
) -> Request:
    """A new password; needs a GDAP role that may set this user's."""
    body = {
        "passwordProfile": {"password": password, "forceChangePassword": force_change},
        "attributes": {"objectType": "CustomerUser"},
    }
    path = f"/v1/customers/{customer_id}/users/{user_id}/resetpassword"
    return Request(method="PATCH", path=path, body=json_bytes(body))


def assign_role(
    *,
    customer_id: str,
    role_id: str,
    user_id: str,
    display_name: str,
    user_principal_name: str,
) -> Request:
    """Gives a user a directory role."""
    body = {
        "id": user_id,
        "displayName": display_name,
        "userPrincipalName": user_principal_name,
        "attributes": {"objectType": "UserMember"},
    }
    path = f"/v1/customers/{customer_id}/directoryroles/{role_id}/usermembers"
    return Request(method="POST", path=path, body=json_bytes(body))
