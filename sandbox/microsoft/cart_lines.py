"""Lines of a cart: what was asked, what is wrong with it, what it costs."""

from __future__ import annotations

from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any

from sandbox.microsoft import partner
from sandbox.microsoft.casing import text
from sandbox.microsoft.cycles import cycles
from sandbox.microsoft.licences import Licence, by_catalog_item, currency_of
from sandbox.microsoft.money import cut
from sandbox.microsoft.price_list import price_list
from sandbox.microsoft.promotions import discount
from sandbox.microsoft.refusal import front
from sandbox.microsoft.terms import first_end
from sandbox.microsoft.times import stamp

if TYPE_CHECKING:
    from sandbox.table import Item
    from sandbox.world import World

CYCLES = {
    **{name.lower(): name for name in ("Monthly", "Annual", "Triennial")},
    "1": "Monthly",
    "2": "Annual",
}
CATALOGUE, QUOTA, PARTICIPANTS, SUBSCRIPTION = 10001, 10002, 10004, 10007
INPUT, ATTESTATION, PLAN, PROMOTION, SEATS = 10010, 10012, 10013, 10014, 10015
NOT_ALIGNED, BEYOND_TERM, ADD_ON_SEATS, NO_BASE = 10016, 10017, 10018, 400041
ADDITIONAL = 5  # partners beside the first, in the EU and EFTA


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
    first, more = (
        [text(each, "value") for each in line.get("participants", []) if _key(each) == key]
        for key in ("transaction_reseller", "additional_transaction_reseller")
    )
    for mpn_id in filter(None, (*first[:1], *more)):
        partner.check_of_record(world, mpn_id)
    return {
        "id": line.get("id", number),
        "item": text(line, "catalogItemId"),
        "quantity": quantity,
        "cycle": CYCLES.get(text(line, "billingCycle").lower(), text(line, "billingCycle")),
        "term": text(line, "termDuration").upper(),
        "name": text(line, "friendlyName"),
        "mpn_id": first[0] if first else "",
        "additional_ids": more,
        "attested": line.get("partnerOnRecordAttestationAccepted") is True,
        "context": line.get("provisioningContext", {}),
        "promotion": text(line, "promotionId"),
        "ends": text(line, "customTermEndDate"),
        "renews_to": text(line.get("renewsTo", {}), "termDuration").upper(),
    }


def _key(participant: dict[str, Any]) -> str:
    return text(participant, "key").lower()


def view(world: World, customer: Item, line: Item, error: tuple[int, str] | None) -> Item:
    """A line as the cart shows it, with its price or its error."""
    shown: Item = {
        "id": line["id"],
        "catalogItemId": line["item"],
        **({"friendlyName": line["name"]} if line["name"] else {}),
        "quantity": line["quantity"],
        "currencyCode": currency(customer),
        "billingCycle": line["cycle"].lower(),
        "termDuration": line["term"] or term_of(world, line),
        **({"promotionId": line["promotion"]} if line["promotion"] else {}),
        "provisioningContext": line["context"],
        "orderGroup": str(line["group"]),
    }
    if line["ends"]:
        shown["customTermEndDate"] = line["ends"]
    if line["renews_to"]:
        shown["renewsTo"] = {"termDuration": line["renews_to"]}
    if participants := _participants(line):
        shown["participants"] = participants
    if error:
        shown["error"] = {"errorCode": error[0], "errorDescription": error[1]}
    else:
        shown["pricing"] = pricing(world, customer, line)
    return shown


def _participants(line: Item) -> list[Item]:
    first = [line["mpn_id"]] if line["mpn_id"] else []
    return [
        *({"key": "transaction_reseller", "value": each} for each in first),
        *({"key": "additional_transaction_reseller", "value": e} for e in line["additional_ids"]),
    ]


def pricing(world: World, customer: Item, line: Item) -> Item:
    """What a line costs the provider: `price` a seat for the first charge, which may be cut by a
    chosen end; `extendedPrice` all seats for the whole term."""
    licence, term = licence_of(world, line)
    now = world.now()
    listed = price_list(world).price(licence, term, line["cycle"], currency(customer), now).unit
    each = (listed * (1 - discount(line["promotion"]))).quantize(Decimal("0.01"), ROUND_HALF_UP)
    charges = cycles(_bought(licence, term, line, now))
    first = cut(each * charges[0].remaining(charges[0].start) / charges[0].days)
    return {
        "listPrice": float(listed),
        "discountedPrice": float(each),
        "proratedPrice": float(first),
        "price": float(first),
        "extendedPrice": float((first + each * (len(charges) - 1)) * line["quantity"]),
    }


def _bought(licence: Licence, term: str, line: Item, now: datetime) -> Item:
    """As much of a subscription as its charge cycles need."""
    return {
        "started": stamp(now),
        "term": term,
        "ends": first_end(now, term, trial=licence.trial, custom_end=line["ends"]),
        "aligned": bool(line["ends"]),
        "trial": licence.trial,
        "cycle": line["cycle"].lower(),
    }


def licence_of(world: World, line: Item) -> tuple[Licence, str]:
    """The licence and the term of a line that is known to be right."""
    found = by_catalog_item(world, line["item"])
    assert found
    return found


def term_of(world: World, line: Item) -> str:
    """The term that the catalogue item means; empty for an unknown one."""
    found = by_catalog_item(world, line["item"])
    return found[1] if found else ""


def currency(customer: Item) -> str:
    """The currency of a customer's country."""
    return currency_of(customer["billing"].get("defaultAddress", {}).get("country", "FR"))
