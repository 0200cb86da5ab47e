"""Lines of a cart: what was asked, what is wrong with it, what it costs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from sandbox.microsoft import owned, partner
from sandbox.microsoft.casing import text
from sandbox.microsoft.licences import Licence, by_catalog_item, currency_of, price_of
from sandbox.microsoft.refusal import front

if TYPE_CHECKING:
    from sandbox.table import Item
    from sandbox.world import World

CYCLES = {"monthly": "Monthly", "annual": "Annual", "1": "Monthly", "2": "Annual"}
CHARGES = {("P1Y", "Monthly"): 12}
CATALOGUE, QUOTA, INPUT, ATTESTATION, PLAN, SEATS = 10001, 10002, 10010, 10012, 10013, 10015
NO_BASE = 400041


def asked_lines(world: World, body: dict[str, Any]) -> list[Item]:
    """The lines of a request; add-ons inside a line become lines of their own.

    Raises:
        Refusal: 400 for what is no line at all, or for a partner who may not be of record.
    """
    given = body.get("lineItems")
    if not isinstance(given, list) or not given:
        raise front(400, 800002, "Invalid request input")
    flat = [part for each in given for part in (each, *each.get("addonItems", []))]
    return [_asked(world, number, each) for number, each in enumerate(flat)]


def _asked(world: World, number: int, line: dict[str, Any]) -> Item:
    quantity = line.get("quantity")
    if not isinstance(quantity, int) or isinstance(quantity, bool) or abs(quantity) >= 2**31:
        raise front(400, 800002, "Invalid request input", "quantity")
    mpn_id = next(
        (
            text(each, "value")
            for each in line.get("participants", [])
            if text(each, "key").lower() == "transaction_reseller"
        ),
        "",
    )
    if mpn_id:
        partner.check_of_record(world, mpn_id)
    return {
        "id": line.get("id", number),
        "item": text(line, "catalogItemId"),
        "quantity": quantity,
        "cycle": CYCLES.get(text(line, "billingCycle").lower(), text(line, "billingCycle")),
        "term": text(line, "termDuration").upper(),
        "name": text(line, "friendlyName"),
        "mpn_id": mpn_id,
        "attested": line.get("partnerOnRecordAttestationAccepted") is True,
        "context": line.get("provisioningContext", {}),
        "promotion": text(line, "promotionId"),
    }


def error_of(
    world: World, customer: Item, sold: Sequence[Licence], lines: Sequence[Item], line: Item
) -> tuple[int, str] | None:
    """Why a line cannot be bought: a cart error code and its text."""
    found = by_catalog_item(line["item"])
    if not found or found[0] not in sold:
        return CATALOGUE, "The catalog item is not available to this customer."
    licence, term = found
    if line["term"] not in ("", term) or (term, line["cycle"]) not in licence.plans():
        return PLAN, "The term and billing cycle are not those of the catalog item."
    if line["quantity"] < 1:
        return INPUT, "The quantity must be one or more."
    if not licence.minimum <= line["quantity"] <= licence.maximum:
        return SEATS, f"The quantity must be from {licence.minimum} to {licence.maximum}."
    if line["mpn_id"] and not line["attested"]:
        return ATTESTATION, "The attestation of the partner on record is missing."
    return _against_others(world, customer, lines, licence)


def _against_others(
    world: World, customer: Item, lines: Sequence[Item], licence: Licence
) -> tuple[int, str] | None:
    owned_now = owned.of(world, "subscriptions", customer["id"])
    if licence.trial and any(each["key"] == licence.key for each in owned_now):
        return QUOTA, "The trial has been used by this customer."
    if not licence.addon_to:
        return None
    bases = {each["key"] for each in owned_now if each["status"] == "active"}
    bases |= {each["item"].rpartition(":")[0] for each in lines}
    if not bases & set(licence.addon_to):
        return NO_BASE, "A base product that this add-on needs is missing."
    return None


def view(world: World, customer: Item, line: Item, error: tuple[int, str] | None) -> Item:
    """A line as the cart shows it, with its price or its error."""
    shown: Item = {
        "id": line["id"],
        "catalogItemId": line["item"],
        **({"friendlyName": line["name"]} if line["name"] else {}),
        "quantity": line["quantity"],
        "currencyCode": currency(customer),
        "billingCycle": line["cycle"].lower(),
        "termDuration": line["term"] or term_of(line),
        **({"promotionId": line["promotion"]} if line["promotion"] else {}),
        "provisioningContext": line["context"],
        "orderGroup": str(line["group"]),
    }
    if line["mpn_id"]:
        shown["participants"] = [{"key": "transaction_reseller", "value": line["mpn_id"]}]
    if error:
        shown["error"] = {"errorCode": error[0], "errorDescription": error[1]}
    else:
        shown["pricing"] = pricing(world, customer, line)
    return shown


def pricing(world: World, customer: Item, line: Item) -> Item:
    """What a line costs the provider; `extendedPrice` is for all seats and the whole term."""
    licence, term = licence_of(line)
    price = price_of(world, licence, term, line["cycle"], currency(customer))
    each = float(price.unit)
    return {
        "listPrice": each,
        "discountedPrice": each,
        "proratedPrice": each,
        "price": each,
        "extendedPrice": each * line["quantity"] * CHARGES.get((term, line["cycle"]), 1),
    }


def licence_of(line: Item) -> tuple[Licence, str]:
    """The licence and the term of a line that is known to be right."""
    found = by_catalog_item(line["item"])
    assert found
    return found


def term_of(line: Item) -> str:
    """The term that the catalogue item means; empty for an unknown one."""
    found = by_catalog_item(line["item"])
    return found[1] if found else ""


def currency(customer: Item) -> str:
    """The currency of a customer's country."""
    return currency_of(customer["billing"].get("defaultAddress", {}).get("country", "FR"))
