"""What the control API shows of Microsoft's side, in plain members."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sandbox.microsoft import gdap
from sandbox.microsoft.licences import by_key
from sandbox.microsoft.subscriptions import current

if TYPE_CHECKING:
    from sandbox.table import Item
    from sandbox.world import World

CUSTOMER = ("id", "domain", "company_name", "associated_partner_id", "relationship", "created_at")
GDAP = ("id", "name", "tenant", "status", "roles", "duration", "extend", "assignments")
DOMAIN = ("id", "name", "tenant", "verified", "default", "services")


def state(world: World) -> dict[str, list[Item]]:
    """Everything that a test asserts on."""
    gdap.settle(world)
    tables = {name: world.table(name) for name in ("customers", "carts", "orders", "agreements")}
    return {
        "customers": [
            {**_kept(c, CUSTOMER), "email": c["billing"].get("email", "")}
            for c in tables["customers"].values()
        ],
        "carts": [_cart(cart) for cart in tables["carts"].values()],
        "orders": [_order(order) for order in tables["orders"].values()],
        "subscriptions": [
            _subscription(current(world, each)) for each in world.table("subscriptions").values()
        ],
        "agreements": [{"customerId": k, **item} for k, item in tables["agreements"].items()],
        "gdap": [
            {**_kept(gdap.as_of(g, world.now()), GDAP), "customerId": g["tenant"]}
            for g in world.table("gdap").values()
        ],
        "consents": [{"customerId": k, **item} for k, item in world.table("consents").items()],
        "domains": [
            {**_kept(d, DOMAIN), "customerId": d["tenant"]} for d in world.table("domains").values()
        ],
        "users": [_user(user) for user in world.table("users").values()],
        "partners": list(world.table("partners").values()),
    }


def _kept(item: Item, names: tuple[str, ...]) -> Item:
    return {name: item[name] for name in names if name in item}


def _cart(cart: Item) -> Item:
    return {
        "id": cart["id"],
        "customerId": cart["customer_id"],
        "status": cart["status"],
        "created": cart["created"],
        "lines": [
            {"item": line["item"], "quantity": line["quantity"], "mpnId": line["mpn_id"]}
            for line in cart["lines"]
        ],
    }


def _order(order: Item) -> Item:
    return {
        "id": order["id"],
        "customerId": order["customer_id"],
        "created": order["created"],
        "currency": order["currency"],
        "billingCycle": order["cycle"],
        "lines": [
            {
                "item": line["item"],
                "quantity": line["quantity"],
                "mpnId": line["mpn_id"],
                "subscriptionId": line["subscription_id"],
            }
            for line in order["lines"]
        ],
    }


def _subscription(found: Item) -> Item:
    licence = by_key()[found["key"]]
    return {
        "id": found["id"],
        "customerId": found["customer_id"],
        "orderId": found["order_id"],
        "offerId": f"{found['key']}:{found['availability']}",
        "offerName": licence.title,
        "friendlyName": found["name"],
        "quantity": found["quantity"],
        "status": found["status"],
        "autoRenew": found["auto_renew"],
        "termDuration": found["term"],
        "billingCycle": found["cycle"],
        "partnerId": found["partner_id"],
        "mpnId": found["partner_id"],
        "createdAt": found["created"],
        "endsAt": found["ends"],
        "startedAt": found["started"],
        "extended": found["extended"],
        "unitPrice": found["unit"],
        "currency": found["currency"],
        "nextTerm": found["next_term"],
        "scheduledActions": found["actions"],
        "updates": found["updates"],
    }


def _user(user: Item) -> Item:
    return {
        "id": user["id"],
        "customerId": user["tenant"],
        "userPrincipalName": user["shown"]["userPrincipalName"],
        "password": user["password"],
        "forceChange": user["force_change"],
        "state": user["state"],
        "roles": user["roles"],
    }
