"""What is checked before a tenant exists: names, addresses, the rules of countries."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from sandbox.microsoft.casing import text
from sandbox.microsoft.data import load
from sandbox.microsoft.door import NOTHING, Call, Reply, partner
from sandbox.microsoft.refusal import Refusal, front

if TYPE_CHECKING:
    from sandbox.table import Item

PHONE_NEEDED = ("IN", "BR", "SA", "TR", "TH", "VN")


def rules_of(country: str) -> Item | None:
    """The rules of a country (ISO 3166-1 alpha-2), if it is one that is sold to."""
    found: Item | None = load("countries").get(country.upper())
    return found


def domain(call: Call, name: str) -> Reply:
    """HEAD: 200 is taken, 404 is free, and neither has a body."""
    if name.lower() not in call.world.table("onmicrosoft"):
        raise Refusal(404, None)
    return Reply(NOTHING)


def country_rules(call: Call, country: str) -> Reply:
    """The rules of one country, with the member names of the live service."""
    rules = rules_of(country)
    if not rules or country != country.upper():
        raise front(404, 1000, f"Country {country} is not supported.")
    return Reply(
        {
            "iso2Code": country,
            "defaultCulture": rules["default_culture"],
            "isStateRequired": rules["state_required"],
            "supportedStatesList": rules["states"],
            "supportedLanguagesList": rules["languages"],
            "supportedCulturesList": rules["cultures"],
            "isPostalCodeRequired": True,
            "postalCodeRegex": rules["postal"],
            "isCityRequired": True,
            "isVatIdSupported": bool(rules["vat"]),
            "vatIdRegex": rules["vat"] or None,
            "taxIdFormat": None,
            "taxIdSample": None,
            "phoneNumberRegex": rules["phone"],
            "isTaxIdSupported": bool(rules["vat"]),
            "isTaxIdOptional": True,
            "countryCallingCodesList": rules["calling"],
            "attributes": {"objectType": "CountryInformation"},
        }
    )


def wrong_property(address: dict[str, Any]) -> str:
    """The first part of an address that its country's rules refuse; empty when all is good."""
    rules = rules_of(text(address, "country"))
    if not rules:
        return "Country"
    if not 1 <= len(text(address, "addressLine1")) <= 200:
        return "AddressLine1"
    if not text(address, "city"):
        return "City"
    state = text(address, "state") or text(address, "region")
    if rules["states"] and state.upper() not in rules["states"]:
        return "State"
    if not re.fullmatch(rules["postal"], text(address, "postalCode")):
        return "PostalCode"
    return ""


def validate(call: Call) -> Reply:
    """Microsoft's opinion of an address.

    Words in the first line choose the answer: `Nowhere` None, `Partial` StreetPartial, `Suite`
    PremisesPartial, `Twin` Multiple, `Unsure` InteractionRequired, `Unchecked` NotValidated; a line
    without a number is StreetPartial; a part that the country refuses is None.
    """
    given = call.body()
    names = ("country", "city", "state", "addressLine1", "addressLine2", "postalCode")
    address = {name: given[name] for name in names if text(given, name)}
    if not rules_of(text(address, "country")):
        raise front(400, 2000, "Country is missing or not supported.")
    status, message = _judged(address)
    suggestions = [] if status in ("None", "NotValidated") else _suggested(address, status)
    answer: Item = {"originalAddress": address, "suggestedAddresses": suggestions, "status": status}
    if message:
        answer["validationMessage"] = message
    return Reply(answer)


def _judged(address: dict[str, Any]) -> tuple[str, str]:
    line = text(address, "addressLine1").lower()
    wrong = wrong_property(address)
    words = {
        "nowhere": ("None", "Address cannot be found."),
        "partial": ("StreetPartial", "The street is found, the number is not."),
        "suite": ("PremisesPartial", "The building is found, the suite is not."),
        "twin": ("Multiple", "More than one address matches."),
        "unsure": ("InteractionRequired", "The address was corrected considerably."),
        "unchecked": ("NotValidated", "Address validation is not available."),
    }
    if wrong:
        return "None", f"Address field invalid for property: '{wrong}'"
    special = next((answer for word, answer in words.items() if word in line), None)
    if special:
        return special
    if not any(character.isdigit() for character in line):
        return "StreetPartial", "Address field invalid for property: 'AddressLine1'"
    return "VerifiedShippable", ""


def _suggested(address: dict[str, Any], status: str) -> list[dict[str, Any]]:
    line = re.sub(r"\s+", " ", text(address, "addressLine1"))
    line = re.sub(r"(?i)\s*\b(partial|suite|twin|unsure)\b", "", line).strip() or line
    first = {**address, "addressLine1": line if any(c.isdigit() for c in line) else f"1 {line}"}
    return [first, {**first, "addressLine1": f"{line} bis"}] if status == "Multiple" else [first]


RULES = [
    partner("HEAD", "/v1/domains/<name>", domain),
    partner("GET", "/v1/countryvalidationrules/<country>", country_rules),
    partner("POST", "/v1/validations/address", validate),
]
