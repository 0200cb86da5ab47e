"""Addresses and what a country asks of them."""

import html
import json
from dataclasses import dataclass
from typing import Any, Self

from partnercenter.types.told import Told
from partnercenter.wire import Members, each, flag, text, texts


@dataclass(frozen=True, slots=True, kw_only=True)
class Address(Told):
    """A postal address with, for billing, the person and the phone number."""

    line1: str
    city: str
    country: str
    """ISO 3166-1 alpha-2, `GB` and not `UK`."""
    postal_code: str = ""
    state: str = ""
    line2: str = ""
    first_name: str = ""
    last_name: str = ""
    phone: str = ""

    @classmethod
    def parse(cls, value: Members) -> Self:
        return cls(
            line1=text(value, "addressLine1"),
            line2=text(value, "addressLine2"),
            city=text(value, "city"),
            state=text(value, "state") or text(value, "region"),
            postal_code=text(value, "postalCode"),
            country=text(value, "country").upper(),
            first_name=text(value, "firstName"),
            last_name=text(value, "lastName"),
            phone=text(value, "phoneNumber"),
            members=value,
        )

    def written(self) -> dict[str, Any]:
        """The address as Microsoft names its parts; empty parts are left out."""
        named = {
            "country": self.country,
            "city": self.city,
            "state": self.state,
            "addressLine1": self.line1,
            "addressLine2": self.line2,
            "postalCode": self.postal_code,
            "firstName": self.first_name,
            "lastName": self.last_name,
            "phoneNumber": self.phone,
        }
        return {name: value for name, value in named.items() if value}


@dataclass(frozen=True, slots=True)
class AddressCheck(Told):
    """Microsoft's opinion of an address, with up to three better ones."""

    status: str
    """`VerifiedShippable` and `Verified` are good; also `InteractionRequired`, `StreetPartial`,
    `PremisesPartial`, `Multiple`, `None`, `NotValidated`."""
    suggestions: tuple[Address, ...]
    message: str

    @property
    def is_good(self) -> bool:
        return self.status.lower() in ("verifiedshippable", "verified")

    @classmethod
    def parse(cls, value: Members) -> Self:
        suggested = each(value.get("suggestedAddresses"), Address.parse)
        return cls(
            text(value, "status"), suggested, text(value, "validationMessage"), members=value
        )

    @classmethod
    def parse_refusal(cls, description: str) -> Self:
        """The answer before May 2021: error 2007 whose description is itself JSON."""
        try:
            told = json.loads(html.unescape(description))
        except ValueError:
            return cls("None", (), description)
        better = told.get("corrected_address")
        suggested = (_old_address(better),) if better else ()
        return cls("None", suggested, str(told.get("reason", "")))


def _old_address(better: Members) -> Address:
    return Address(
        line1=text(better, "address_line1"),
        city=text(better, "city"),
        state=text(better, "region"),
        postal_code=text(better, "postal_code"),
        country=text(better, "country"),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class CountryRules(Told):
    """What Microsoft wants to know about a customer in one country."""

    country: str
    default_culture: str
    is_state_required: bool
    states: tuple[str, ...]
    is_postal_code_required: bool
    postal_code_regex: str
    is_city_required: bool
    phone_regex: str
    languages: tuple[str, ...]
    cultures: tuple[str, ...]
    calling_codes: tuple[str, ...]
    is_vat_id_supported: bool
    vat_id_regex: str
    is_tax_id_supported: bool
    is_tax_id_optional: bool
    tax_id_format: str
    tax_id_sample: str

    @classmethod
    def parse(cls, value: Members) -> Self:
        return cls(
            country=text(value, "iso2Code").upper(),
            default_culture=text(value, "defaultCulture"),
            is_state_required=flag(value, "isStateRequired"),
            states=texts(value, "supportedStatesList"),
            is_postal_code_required=flag(value, "isPostalCodeRequired"),
            postal_code_regex=text(value, "postalCodeRegex"),
            is_city_required=flag(value, "isCityRequired"),
            phone_regex=text(value, "phoneNumberRegex"),
            languages=texts(value, "supportedLanguagesList"),
            cultures=texts(value, "supportedCulturesList"),
            calling_codes=texts(value, "countryCallingCodesList"),
            is_vat_id_supported=flag(value, "isVatIdSupported"),
            vat_id_regex=text(value, "vatIdRegex"),
            is_tax_id_supported=flag(value, "isTaxIdSupported"),
            is_tax_id_optional=flag(value, "isTaxIdOptional"),
            tax_id_format=text(value, "taxIdFormat"),
            tax_id_sample=text(value, "taxIdSample"),
            members=value,
        )
