"""The catalogue: products, SKUs, availabilities, for a country or for one customer."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from werkzeug import Request, Response

from sandbox.answers import json_response
from sandbox.http import rule
from sandbox.microsoft.addresses import rules_of
from sandbox.microsoft.catalogue_views import availability_view, product_view, sku_view
from sandbox.microsoft.customer_rows import ONE, find
from sandbox.microsoft.door import Call, Reply, collection, partner
from sandbox.microsoft.licences import Licence, all_licences, generation
from sandbox.microsoft.qualifications import qualified
from sandbox.microsoft.refusal import front

if TYPE_CHECKING:
    from sandbox.world import World

VIEWS = {
    "Azure",
    "AzureReservations",
    "MicrosoftAzure",
    "OnlineServices",
    "Software",
    "SoftwareSubscriptions",
    "SoftwarePerpetual",
    "MarketplaceSaaS",
    "SpecializedOffers",
}
QUALIFIED = {
    "Education": "education",
    "Nonprofit": "nonprofit",
    "GovernmentCommunityCloud": "government",
}
SEGMENTS = ("commercial", "education", "government", "nonprofit")


def sold_to(world: World, customer_id: str) -> tuple[str, list[Licence]]:
    """The country of a customer, and the licences that he may buy."""
    customer = find(world, customer_id)
    country = customer["billing"].get("defaultAddress", {}).get("country", "FR").upper()
    has = qualified(world, customer)
    segments = {"commercial", *(segment for name, segment in QUALIFIED.items() if name in has)}
    return country, [licence for licence in all_licences() if licence.segment in segments]


def _scope(call: Call, customer_id: str) -> tuple[str, list[Licence]]:
    if customer_id:
        return sold_to(call.world, customer_id)
    country = call.query("country")
    if not rules_of(country):
        raise front(400, 2000, "The country is missing or not supported.")
    return country.upper(), list(all_licences())


def products(call: Call, customer_id: str = "") -> Reply:
    """The products of a view, perhaps of one segment."""
    country, licences = _scope(call, customer_id)
    view, segment = call.query("targetView"), call.query("targetSegment").lower()
    if view not in VIEWS:
        raise front(403, 400036, "The requested targetView is not allowed.")
    if segment and segment not in SEGMENTS:
        raise front(403, 400030, "The requested segment is not allowed.")
    if segment and customer_id and segment not in {each.segment for each in licences}:
        raise front(403, 400030, "The customer is not qualified for the requested segment.")
    kept = [each for each in licences if view == "OnlineServices" and segment in ("", each.segment)]
    first = {each.product: each for each in reversed(kept)}
    items = [product_view(first[each], country) for each in dict.fromkeys(e.product for e in kept)]
    uri = f"/products?{urlencode({'country': country, 'targetView': view})}"
    return Reply(collection(items, uri))


def product(call: Call, product_id: str, customer_id: str = "") -> Reply:
    """One product."""
    country, found = _of_product(call, product_id, customer_id)
    return Reply(product_view(found[0], country))


def _of_product(call: Call, product_id: str, customer_id: str) -> tuple[str, list[Licence]]:
    country, licences = _scope(call, customer_id)
    found = [each for each in licences if each.product == product_id]
    if not found:
        raise front(404, 400013, "Product wasn't found")
    return country, found


def skus(call: Call, product_id: str, customer_id: str = "") -> Reply:
    """The SKUs of a product."""
    country, found = _of_product(call, product_id, customer_id)
    uri = f"/products/{product_id}/skus?country={country}"
    return Reply(collection([sku_view(each, country) for each in found], uri))


def sku(call: Call, product_id: str, sku_id: str, customer_id: str = "") -> Reply:
    """One SKU."""
    country, licence = _of_sku(call, product_id, sku_id, customer_id)
    return Reply(sku_view(licence, country))


def _of_sku(call: Call, product_id: str, sku_id: str, customer_id: str) -> tuple[str, Licence]:
    country, found = _of_product(call, product_id, customer_id)
    licence = next((each for each in found if each.sku == sku_id), None)
    if not licence:
        raise front(404, 400018, "SKU wasn't found")
    return country, licence


def availabilities(call: Call, product_id: str, sku_id: str, customer_id: str = "") -> Reply:
    """One availability for every term."""
    country, licence = _of_sku(call, product_id, sku_id, customer_id)
    turn = generation(call.world)
    items = [availability_view(licence, term, country, turn) for term in licence.terms()]
    uri = f"/products/{product_id}/skus/{sku_id}/availabilities?country={country}"
    return Reply(collection(items, uri))


def availability(
    call: Call, product_id: str, sku_id: str, availability_id: str, customer_id: str = ""
) -> Reply:
    """One availability."""
    country, licence = _of_sku(call, product_id, sku_id, customer_id)
    turn = generation(call.world)
    for term in licence.terms():
        if licence.availability(term, turn) == availability_id:
            return Reply(availability_view(licence, term, country, turn))
    raise front(404, 400019, "Availability not found. Issue a new GET for the availabilities.")


def rotate(request: Request, world: World) -> Response:
    """Every availability gets a new id; those that were read before are stale."""
    with world.change():
        turned = generation(world) + 1
        world.table("settings")["availabilities"] = {"generation": turned}
    return json_response({"generation": turned})


CATALOGUE = [
    partner("GET", f"{base}{path}", handler, catalogue=True)
    for base in ("/v1/products", f"{ONE}/products")
    for path, handler in (
        ("", products),
        ("/<product_id>", product),
        ("/<product_id>/skus", skus),
        ("/<product_id>/skus/<sku_id>", sku),
        ("/<product_id>/skus/<sku_id>/availabilities", availabilities),
        ("/<product_id>/skus/<sku_id>/availabilities/<availability_id>", availability),
    )
]


RULES = [
    rule("POST", "/_sandbox/availabilities/rotate", rotate),
    *CATALOGUE,
]
