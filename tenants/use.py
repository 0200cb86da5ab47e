"""Use cases of counting which licences are assigned."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from common.clock import microsoft_now
from journal import services as journal
from journal.people import PORTAL
from tenants.models import LicenceUse, SeatCount, Tenant, TenantState

COUNT = "tenant.count_use"


@transaction.atomic
def plan_counts() -> int:
    """One count per market and day, by Microsoft's clock; returns how many were asked for."""
    today = microsoft_now().date().isoformat()
    rows = counted_tenants().values_list("account__region", flat=True)
    markets = list(rows.distinct().order_by())
    for market in markets:
        journal.ask(
            kind=COUNT,
            account_id=None,
            subject=f"use:{market}",
            params={"market": market},
            once=f"{COUNT}:{market}:{today}",
            by=PORTAL,
        )
    return len(markets)


def counted_tenants() -> QuerySet[Tenant]:
    """Those that stand at Microsoft."""
    return Tenant.objects.exclude(microsoft_id="").exclude(state=TenantState.CREATING)


@transaction.atomic
def keep_use(*, tenant: Tenant, counts: list[SeatCount], at: datetime) -> None:
    """What Microsoft counts now instead of what it counted before."""
    LicenceUse.objects.filter(tenant=tenant).delete()
    LicenceUse.objects.bulk_create(
        LicenceUse(
            tenant=tenant,
            sku_id=count.sku_id,
            name=count.name,
            total=count.total,
            used=count.used,
            counted_at=at,
        )
        for count in counts
    )
