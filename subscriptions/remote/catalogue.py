"""Keeps the catalogue and its prices in step with Microsoft."""

from collections.abc import Iterable

from common.clock import microsoft_now
from common.errors import NotFound, Refused
from common.segments import Segment, segment_of
from journal.work import Done, Work
from partnercenter import connect
from partnercenter.base import PartnerCenter
from partnercenter.types import Availability, PriceRow, Product, Sku
from subscriptions import catalogue
from subscriptions.offers import Item, ListPrice, Offered, Shown

NO_SUCH_SEGMENT = ("400030", "400036")


def sync(work: Work) -> Done:
    """`catalogue.sync`: params `market` (connection alias), `country` and `segment`."""
    market, country = work.params["market"], work.params["country"]
    segment = work.params["segment"]
    client = connect(market)
    items = tuple(item for item in _items(client, country, segment) if item.plans)
    shown = Shown(
        market=market,
        country=country,
        segment=segment,
        items=items,
        prices=_current(client, country, segment) if items else (),
        announced=_announced(client, country, segment) if items else (),
    )
    counted = {"licences": len(items), "prices": len(shown.prices), "news": len(shown.announced)}
    return Done(counted, lambda _operation: catalogue.store(shown))


def _items(client: PartnerCenter, country: str, segment: str) -> Iterable[Item]:
    for product in _products(client, country, segment):
        for sku in client.skus(product_id=product.id, country=country):
            offered = client.availabilities(product_id=product.id, sku_id=sku.id, country=country)
            yield _item(sku, [each for each in offered if _is_of(each, segment)])


def _products(client: PartnerCenter, country: str, segment: str) -> list[Product]:
    try:
        return client.products(country=country, segment=segment)
    except Refused as error:  # not every region knows every segment
        if isinstance(error, NotFound) or error.code in NO_SUCH_SEGMENT:
            return []
        raise


def _is_of(availability: Availability, segment: str) -> bool:
    return availability.is_purchasable and segment_of(availability.segment) == segment


def _item(sku: Sku, offered: list[Availability]) -> Item:
    return Item(
        product_id=sku.product_id,
        sku_id=sku.id,
        provisioning_id=sku.provisioning_id.lower()[:36],
        name=sku.title,
        description=sku.description,
        is_addon=sku.is_addon,
        is_trial=sku.is_trial,
        prerequisites=tuple(sku.prerequisite_skus),
        minimum=sku.minimum_quantity,
        maximum=sku.maximum_quantity or None,
        plans=tuple(plan for availability in offered for plan in _plans(availability)),
    )


def _plans(availability: Availability) -> Iterable[Offered]:
    for term in availability.terms:
        yield Offered(
            term=term.duration,
            billing_cycle=term.billing_cycle,
            description=term.description,
            is_renewable=availability.is_renewable,
            refunds=term.refunds,
        )


def _current(client: PartnerCenter, country: str, segment: str) -> tuple[ListPrice, ...]:
    """The rows in force; a sheet also holds some that have ended."""
    at = microsoft_now()
    return tuple(
        _price(row)
        for row in client.prices(market=country)
        if _sells(row, segment)
        and (row.starts_at is None or row.starts_at <= at)
        and (row.ends_at is None or row.ends_at > at)
    )


def _announced(client: PartnerCenter, country: str, segment: str) -> tuple[ListPrice, ...]:
    """Next month's sheet; Microsoft answers 404 while there is none."""
    try:
        rows = list(client.prices(market=country, timeline="future"))
    except NotFound:
        return ()
    return tuple(_price(row) for row in rows if _sells(row, segment))


def _sells(row: PriceRow, segment: str) -> bool:
    return segment_of(row.segment or Segment.COMMERCIAL) == segment


def _price(row: PriceRow) -> ListPrice:
    return ListPrice(
        product_id=row.product_id,
        sku_id=row.sku_id,
        currency=row.currency,
        term=row.term,
        billing_cycle=row.billing_cycle,
        amount=row.unit_price,
        retail=row.erp_price,
        starts_at=row.starts_at,
    )
