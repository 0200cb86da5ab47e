"""Why a line of a cart cannot be bought: cart error codes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sandbox.microsoft import cart_lines as codes
from sandbox.microsoft import coterm, owned, promotions
from sandbox.microsoft.catalogue import sold_to
from sandbox.microsoft.licences import Licence, by_catalog_item
from sandbox.microsoft.subscriptions import all_of
from sandbox.microsoft.times import term_end

if TYPE_CHECKING:
    from sandbox.table import Item
    from sandbox.world import World

Error = tuple[int, str]
OUTSIDE_EU_AND_EFTA = ("GB", "US", "CA", "MX")


@dataclass(frozen=True)
class Shop:
    """What the lines of one cart are judged by."""

    world: World
    customer: Item
    country: str
    sold: Sequence[Licence]
    running: Sequence[Item]
    lines: Sequence[Item]


def errors(world: World, customer: Item, lines: Sequence[Item]) -> list[Error | None]:
    """The error, or none, of each line."""
    country, sold = sold_to(world, customer["id"])
    running = [each for each in all_of(world, customer["id"]) if each["status"] == "active"]
    shop = Shop(world, customer, country, sold, running, lines)
    return [_error(shop, line) for line in lines]


def _error(shop: Shop, line: Item) -> Error | None:
    found = by_catalog_item(shop.world, line["item"])
    if not found or found[0] not in shop.sold:
        return codes.CATALOGUE, "The catalog item is not available to this customer."
    licence, term = found
    if line["term"] not in ("", term) or (term, line["cycle"]) not in licence.plans():
        return codes.PLAN, "The term and billing cycle are not those of the catalog item."
    if line["renews_to"] and line["renews_to"] not in licence.sold_terms:
        return codes.PLAN, "The licence cannot renew into this term."
    return (
        _of_quantity(line, licence)
        or _of_partners(shop, line)
        or _of_others(shop, line, licence)
        or _of_end(shop, line, licence, term)
        or _of_promotion(shop, line, licence, term)
    )


def _of_quantity(line: Item, licence: Licence) -> Error | None:
    if line["quantity"] < 1:
        return codes.INPUT, "The quantity must be one or more."
    if not licence.minimum <= line["quantity"] <= licence.maximum:
        told = f"The quantity must be from {licence.minimum} to {licence.maximum}."
        return codes.SEATS, told
    return None


def _of_partners(shop: Shop, line: Item) -> Error | None:
    if line["mpn_id"] and not line["attested"]:
        return codes.ATTESTATION, "The attestation of the partner on record is missing."
    more = line["additional_ids"]
    is_abroad = shop.country in OUTSIDE_EU_AND_EFTA
    if more and (not line["mpn_id"] or is_abroad or len(more) > codes.ADDITIONAL):
        return codes.PARTICIPANTS, "Additional partners on record are not supported here."
    return None


def _of_others(shop: Shop, line: Item, licence: Licence) -> Error | None:
    first = next(each for each in shop.lines if _key(each) == licence.key)
    if licence.trial and (first is not line or _was_tried(shop, licence)):
        return codes.QUOTA, "The trial has been used by this customer."
    if not licence.addon_to:
        return None
    bases = [each for each in shop.running if each["key"] in licence.addon_to]
    bought = [each for each in shop.lines if _key(each) in licence.addon_to]
    parent = str(line["context"].get("parentSubscriptionId", "")).lower()
    if parent and parent not in {each["id"] for each in bases}:
        return codes.SUBSCRIPTION, "The parent subscription is not one of this add-on."
    if not bases and not bought:
        return codes.NO_BASE, "A base product that this add-on needs is missing."
    if line["quantity"] > sum(each["quantity"] for each in (*bases, *bought)):
        return codes.ADD_ON_SEATS, "The add-on has more seats than its base products."
    return None


def _was_tried(shop: Shop, licence: Licence) -> bool:
    """A trial that has become a paid term carries another licence; its order remembers it."""
    orders = owned.of(shop.world, "orders", shop.customer["id"])
    return any(_key(line) == licence.key for order in orders for line in order["lines"])


def _of_end(shop: Shop, line: Item, licence: Licence, term: str) -> Error | None:
    if not line["ends"]:
        return None
    today, day = shop.world.now().date(), coterm.day_of(line["ends"])
    if licence.trial or not day or not today <= day <= term_end(today, term):
        return codes.BEYOND_TERM, "The custom term end date must be within the first term."
    if day not in coterm.allowed(today, term, shop.running):
        told = "The custom term end date does not match any active subscription or month end."
        return codes.NOT_ALIGNED, told
    return None


def _of_promotion(shop: Shop, line: Item, licence: Licence, term: str) -> Error | None:
    if not line["promotion"]:
        return None
    known = promotions.all_promotions().get(line["promotion"])
    plan = (licence.key, term, line["cycle"], line["quantity"])
    if known and not promotions.problems(shop.world, shop.customer, known, *plan):
        return None
    return codes.PROMOTION, "The promotion is not available for this line."


def _key(line: Item) -> str:
    return str(line["item"]).rpartition(":")[0]
