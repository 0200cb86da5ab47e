"""The seats that subscriptions put into a tenant."""

from dataclasses import dataclass
from typing import Self

from partnercenter.types.told import Told
from partnercenter.wire import Members, ident, member, text, whole


@dataclass(frozen=True, slots=True, kw_only=True)
class SubscribedSku(Told):
    """The seats of one licence in a tenant: bought, used, free."""

    sku_id: str
    name: str
    part_number: str
    active: int
    available: int
    consumed: int
    suspended: int
    total: int
    warning: int
    status: str

    @classmethod
    def parse(cls, value: Members) -> Self:
        sku = member(value, "productSku")
        return cls(
            sku_id=ident(sku, "id"),
            name=text(sku, "name"),
            part_number=text(sku, "skuPartNumber"),
            active=whole(value, "activeUnits"),
            available=whole(value, "availableUnits"),
            consumed=whole(value, "consumedUnits"),
            suspended=whole(value, "suspendedUnits"),
            total=whole(value, "totalUnits"),
            warning=whole(value, "warningUnits"),
            status=text(value, "capabilityStatus"),
            members=value,
        )
