"""What Microsoft shows of its catalogue, as plain values between the client and the rows."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal


@dataclass(frozen=True, kw_only=True)
class Offered:
    """A term and billing cycle of an availability."""

    term: str
    billing_cycle: str
    description: str
    is_renewable: bool
    refunds: tuple[dict[str, str], ...]


@dataclass(frozen=True, kw_only=True)
class Item:
    """One SKU as Microsoft describes it."""

    product_id: str
    sku_id: str
    provisioning_id: str
    name: str
    description: str
    is_addon: bool
    is_trial: bool
    prerequisites: tuple[str, ...]
    minimum: int
    maximum: int | None
    plans: tuple[Offered, ...]


@dataclass(frozen=True, kw_only=True)
class ListPrice:
    """What one seat costs the provider per billing period, and what Microsoft would ask for it."""

    product_id: str
    sku_id: str
    currency: str
    term: str
    billing_cycle: str
    amount: Decimal
    retail: Decimal
    starts_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class Shown:
    """One country's catalogue of one segment, as Microsoft showed it at one time."""

    market: str
    country: str
    segment: str
    items: tuple[Item, ...]
    prices: tuple[ListPrice, ...]
    announced: tuple[ListPrice, ...]
    """Next month's sheet; empty when there is none yet."""
