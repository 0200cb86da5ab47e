"""What a reseller wishes, as plain values: made by form and API, read by the services."""

import re
import unicodedata
import uuid
from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True)
class LineWish:
    """Seats of one licence at the price that was shown."""

    licence_id: int
    term: str
    billing_cycle: str
    quantity: int
    seen_price: Decimal
    ends_on: date | None = None
    """Last day (UTC) of a shorter first term; None: a whole term."""


@dataclass(frozen=True)
class Contact:
    """The end customer: names the tenant's manager; its e-mail receives the credentials."""

    company: str
    first_name: str
    last_name: str
    email: str
    phone: str
    address: str
    address2: str
    city: str
    region: str
    postal_code: str
    country: str
    language: str
    registration_number: str = ""


@dataclass(frozen=True)
class AgreementWish:
    """Who accepted the Microsoft Customer Agreement for the customer, when, which version."""

    template_id: str
    version: str
    link: str
    first_name: str
    last_name: str
    email: str
    phone: str
    agreed_date: date


@dataclass(frozen=True)
class PlatformWish:
    """A new platform with its first licences."""

    form_key: uuid.UUID
    partner_id: int
    prefix: str
    contact: Contact
    agreement: AgreementWish
    lines: tuple[LineWish, ...]


@dataclass(frozen=True)
class MoreWish:
    """More licences for a platform that exists."""

    form_key: uuid.UUID
    lines: tuple[LineWish, ...]
    accepted_terms: tuple[tuple[str, str], ...] = ()
    """Segment and version of the special terms that the person accepts with this order."""
    language: str = "en"
    """In which they were shown."""


PREFIX = re.compile(r"[a-z][a-z0-9]{1,26}")
"""Entra's rule for `….onmicrosoft.com`: letters and digits, at most 27, a letter first."""

RESERVED = frozenset(
    {"abuse", "admin", "administrator", "azure", "exchange", "hostmaster", "mail", "microsoft"}
    | {"office", "office365", "onmicrosoft", "outlook", "postmaster", "root", "security"}
    | {"sharepoint", "support", "teams", "webmaster", "www"}
)


def prefix_of(company: str) -> str:
    """A sub-domain made from a company's name: `Café & Fils` becomes `cafefils`."""
    plain = unicodedata.normalize("NFKD", company).encode("ascii", "ignore").decode().lower()
    letters = re.sub(r"[^a-z0-9]", "", plain).lstrip("0123456789")[:24]
    return letters if len(letters) > 1 and letters not in RESERVED else f"tenant{letters}"
