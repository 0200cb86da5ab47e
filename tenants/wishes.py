"""What a reseller wishes of a tenant, as plain values: made by form and API, read by services."""

import re
import uuid
from dataclasses import dataclass
from datetime import date

SUFFIX = ".onmicrosoft.com"
NAME = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,25}[a-z0-9])?\.onmicrosoft\.com")
"""The initial domain of a tenant; old ones may hold hyphens."""


@dataclass(frozen=True)
class DelegationWish:
    """A tenant that exists at Microsoft, to be taken over with its customer's consent."""

    form_key: uuid.UUID
    mpn_id: str
    tenant_name: str
    company: str
    first_name: str
    last_name: str
    email: str
    phone: str
    language: str


@dataclass(frozen=True)
class Attested:
    """Who accepted the Microsoft Customer Agreement for the customer, and when."""

    first_name: str
    last_name: str
    email: str
    phone: str
    agreed_date: date


def tenant_name(text: str) -> str:
    """The initial domain as it is kept: lower case, `.onmicrosoft.com` added where left out."""
    name = text.strip().lower()
    return name if "." in name else f"{name}{SUFFIX}"
