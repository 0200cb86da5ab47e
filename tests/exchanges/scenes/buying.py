"""The catalogue, carts, orders and subscriptions."""

from typing import Any

from tests.exchanges.examples import Exchange
from tests.exchanges.scenes.scene import (
    LATER,
    PRODUCTS,
    SKU,
    WITH_TEAMS,
    Scene,
)
from tests.exchanges.stage import Stage
from tests.sandbox.caller import (
    BASIC,
    PHONE,
)


def cart(s: Stage, x: Exchange, *lines: dict[str, Any], customer: str = "") -> Any:
    """A cart with what this world sells."""
    return s.asked(x, f"{customer or s.path()}/carts", {"LineItems": list(lines)})


def bare_line(s: Stage, **more: Any) -> dict[str, Any]:
    """A line without a partner, as the pages print them."""
    line = s.line(**more)
    return {name: line[name] for name in line if name[:4] not in ("part",)}


def addon_to_existing(s: Stage, x: Exchange) -> Any:
    base = s.bought(key=WITH_TEAMS)
    customer, _, subscription_id = base.rpartition("/subscriptions/")
    context = {"ParentSubscriptionId": subscription_id}
    line = bare_line(s, key=PHONE, quantity=1)
    return cart(s, x, {**line, "ProvisioningContext": context}, customer=customer)


def checkout(s: Stage, x: Exchange) -> Any:
    return s.asked(x, f"{s.cart()}/checkout")


def availability(s: Stage, x: Exchange) -> Any:
    found = s.get(f"{PRODUCTS}/skus/{SKU}/availabilities?country=FR")["items"][0]["id"]
    return s.asked(x, f"{PRODUCTS}/skus/{SKU}/availabilities/{found}", country="FR")


def promotion(s: Stage, x: Exchange) -> Any:
    found = s.get("/v1/productpromotions?country=FR&segment=commercial")["items"][0]["id"]
    return s.asked(x, f"/v1/productpromotions/{found}", country="FR")


def eligibility(quantity: int, **more: Any) -> Scene:
    def scene(s: Stage, x: Exchange) -> Any:
        (first, *_) = s.get("/v1/productpromotions?country=FR&segment=commercial")["items"]
        product = first["requiredProducts"][0]
        key = f"{product['productId']}:{product['skuId']}"
        line = s.line(key, quantity, product["term"]["duration"])
        names = ("catalogItemId", "quantity", "termDuration")
        item = {name: line[name] for name in names}
        item["billingCycle"] = product["term"]["billingCycle"]
        given = {"promotionId": first["id"]} if more else {"id": "0"}
        return s.asked(x, f"{s.at}/promotionEligibilities", {"items": [{**item, **given}]})

    return scene


def ordered(s: Stage, x: Exchange) -> Any:
    customer = s.path()
    line = s.line(BASIC, 1)
    body = {
        "ReferenceCustomerId": customer.rpartition("/")[2],
        "BillingCycle": "monthly",
        "CurrencyCode": "EUR",
        "LineItems": [
            {
                "LineItemNumber": 0,
                "OfferId": line["catalogItemId"],
                "Quantity": 1,
                "TermDuration": "P1Y",
                "FriendlyName": "Mail",
                "PartnerIdOnRecord": "4847383",
                "PartnerOnRecordAttestationAccepted": True,
            }
        ],
    }
    return s.asked(x, f"{customer}/orders", body)


def addons(s: Stage, x: Exchange) -> Any:
    base = s.bought(key=WITH_TEAMS)
    customer, _, subscription_id = base.rpartition("/subscriptions/")
    context = {"parentSubscriptionId": subscription_id}
    s.buy(customer, s.line(PHONE, 1, provisioningContext=context))
    return s.asked(x, f"{base}/addons")


def patched(**change: Any) -> Scene:
    return lambda s, x: s.patched(s.bought(), **change)


def patched_slowly(s: Stage, x: Exchange) -> Any:
    path = s.bought()
    s.world.set_delays({"subscription_update": 60})
    answer = s.patched(path, friendlyName="Mail")
    s.world.set_delays({"subscription_update": 0})
    return answer


def patched_too_late(s: Stage, x: Exchange) -> Any:
    path = s.bought()
    s.control("clock", {"advance": LATER})
    answer = s.patched(path, quantity=1)
    s.control("clock", {"advance": f"-{LATER}"})
    return answer


def scheduled(s: Stage, x: Exchange) -> Any:
    path = s.bought()
    product, sku, found = s.get(path)["offerId"].split(":")
    printed = x.body["scheduledNextTermInstructions"]["product"]
    chosen = {
        "productId": product,
        "skuId": sku,
        "availabilityId": found,
        "billingCycle": "Monthly",
        "termDuration": "P1Y",
    }
    assert set(chosen) < set(printed)
    after = {"product": chosen, "quantity": 1}
    return s.patched(path, scheduledNextTermInstructions=after)


def custom_term_ends(s: Stage, x: Exchange) -> Any:
    customer = s.bought(term="P1M").rpartition("/subscriptions/")[0]
    return s.asked(x, f"{customer}/subscriptions/customTermEndDates")


def eligible(s: Stage, x: Exchange) -> Any:
    """One subscription ends too early; a user has the better licence already."""
    s.buy(s.tenant, s.line(BASIC, 5), s.line(WITH_TEAMS, 1, "P1M"))
    skus = [each["productSku"]["id"] for each in s.get(f"{s.tenant}/subscribedskus")["items"]]
    both = {"licensesToAssign": [{"skuId": sku} for sku in skus]}
    assert s.call("POST", f"{s.user()}/licenseupdates", both).status_code == 201
    found = s.get(f"{s.tenant}/subscriptions")["items"]
    path = next(each["id"] for each in found if each["offerId"].startswith(BASIC))
    return s.asked(x, f"{s.tenant}/subscriptions/{path}/transitionEligibilities")


def upgraded(s: Stage, x: Exchange) -> Any:
    path = s.bought(2)
    (target, *_) = s.get(f"{path}/transitionEligibilities?eligibilityType=immediate")["items"]
    shown = s.get(path)
    body = {
        "fromCatalogItemId": shown["offerId"],
        "fromSubscriptionId": shown["id"],
        "toCatalogItemId": target["catalogItemId"],
        "quantity": 2,
        "termDuration": shown["termDuration"],
        "billingCycle": shown["billingCycle"],
        "transitionType": "transition_only",
    }
    s.world.set_delays({"provisioning": 60})
    answer = s.asked(x, f"{path}/transitions", body)
    s.world.set_delays({"provisioning": 0})
    return answer
