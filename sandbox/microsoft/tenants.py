"""Tenants by their id or domain, as the login finds them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sandbox.microsoft.login_error import LoginError

if TYPE_CHECKING:
    from sandbox.world import World


def find_tenant(world: World, name: str) -> str:
    """The id of a tenant that was named by id or domain.

    Raises:
        LoginError: AADSTS90002, there is none.
    """
    wanted = name.lower()
    provider = world.table("provider")["self"]
    if wanted in (provider["tenant_id"], provider["domain"]):
        return str(provider["tenant_id"])
    if wanted in world.table("customers"):
        return wanted
    owner = world.table("onmicrosoft").get(wanted, {}).get("customer_id", "")
    if owner in world.table("customers"):
        return str(owner)
    text = f"Tenant '{name}' not found. Check to make sure you have the correct tenant ID."
    raise LoginError(400, "invalid_request", 90002, text)
