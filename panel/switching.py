"""Changing provider: which seats are old, which are new, what is left to do (S8)."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Sum

from subscriptions.models import Origin, Status
from tenants.models import SeatCount, Tenant
from tenants.remote import seats


@dataclass(frozen=True)
class Row:
    """Seats of one licence in the tenant: how many there are, and who sold them."""

    name: str
    total: int
    used: int
    ours: int
    """Bought through this portal."""
    before: int | None
    """When the tenant was taken over; None where that was not counted."""

    @property
    def old(self) -> int:
        """Sold by somebody else: replaced, or staying at Microsoft."""
        return max(self.total - self.ours, 0)

    @property
    def free(self) -> int:
        return max(self.total - self.used, 0)


@dataclass(frozen=True)
class Seats:
    """What Microsoft counts now; where it does not answer, what was counted at the start."""

    rows: list[Row]
    is_live: bool
    counted_at: datetime | None

    @property
    def old(self) -> int:
        return sum(row.old for row in self.rows)

    @property
    def ours(self) -> int:
        return sum(row.ours for row in self.rows)


def seats_of(tenant: Tenant) -> Seats:
    """Asks Microsoft, with three seconds of patience."""
    kept = list(tenant.seat_counts.all())
    live = seats.count_live(tenant) if tenant.microsoft_id else None
    counts = kept if live is None else live
    before = {count.sku_id: count.total for count in kept}
    ours = _ours(tenant)
    rows = [_row(count, ours, before) for count in counts]
    at = max((count.counted_at for count in kept), default=None) if live is None else None
    return Seats(rows, live is not None, at)


def _row(count: SeatCount, ours: Counter[str], before: dict[str, int]) -> Row:
    return Row(
        name=count.name,
        total=count.total,
        used=count.used,
        ours=min(ours[count.name.casefold()], count.total),
        before=before.get(count.sku_id),
    )


def _ours(tenant: Tenant) -> Counter[str]:
    """Active seats that were ordered here, by the name of their licence."""
    sold = tenant.subscriptions.filter(status=Status.ACTIVE, origin=Origin.HERE)
    sums = sold.values("name").annotate(seats=Sum("quantity")).order_by()
    counted: Counter[str] = Counter()
    for row in sums:
        counted[row["name"].casefold()] += row["seats"]
    return counted
