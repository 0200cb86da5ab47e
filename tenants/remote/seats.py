"""The seats in a tenant, whoever sold them."""

import logging

from common.errors import RemoteError
from partnercenter import connect
from tenants.models import SeatCount, Tenant

log = logging.getLogger(__name__)

LIVE = 3.0
"""Seconds that a person waits for a live figure."""


def count(tenant: Tenant, *, timeout: float | None = None) -> list[SeatCount]:
    """What Microsoft counts now, by licence; not saved. Raises RemoteError."""
    client = connect(tenant.market)
    return [
        SeatCount(
            tenant=tenant,
            sku_id=sku.sku_id[:36],
            name=sku.name or sku.part_number,
            total=max(sku.total, 0),
            used=max(sku.consumed, 0),
        )
        for sku in client.subscribed_skus(customer_id=tenant.microsoft_id, timeout=timeout)
    ]


def count_live(tenant: Tenant) -> list[SeatCount] | None:
    """For a person who waits; None when Microsoft cannot tell just now."""
    try:
        return count(tenant, timeout=LIVE)
    except RemoteError as error:
        log.info("seats of %s: %s %s", tenant.pk, type(error).__name__, error.code)
        return None
