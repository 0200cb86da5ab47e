"""Keeps the catalogue and its prices in step with Microsoft."""

from functools import partial

from journal.models import Operation
from journal.work import Done, Work
from partnercenter import connect
from partnercenter.base import PartnerCenter
from partnercenter.types import PriceRow, Sku
from subscriptions import catalogue

SEGMENT = "commercial"


def sync(work: Work) -> Done:
    """`catalogue.sync`: params `market` (connection alias) and `country`."""
    market, country = work.params["market"], work.params["country"]
    client = connect(market)
    found = [_item(sku) for sku in _skus(client, country)]
    prices = [_price(row) for row in client.prices(market=country) if _is_ours(row)]
    return Done(
        {"licences": len(found), "prices": len(prices)},
        partial(_store, market, country, found, prices),
    )


def _store(
    market: str,
    country: str,
    found: list[catalogue.Item],
    prices: list[catalogue.ListPrice],
    _operation: Operation,
) -> None:
    catalogue.store(market=market, country=country, segment=SEGMENT, items=found, prices=prices)


def _skus(client: PartnerCenter, country: str) -> list[Sku]:
    products = client.products(country=country, segment=SEGMENT)
    return [
        sku for product in products for sku in client.skus(product_id=product.id, country=country)
    ]


def _is_ours(row: PriceRow) -> bool:
    return row.segment.lower() in ("", SEGMENT)


def _item(sku: Sku) -> catalogue.Item:
    return catalogue.Item(
        product_id=sku.product_id,
        sku_id=sku.id,
        name=sku.title,
        description=sku.description,
        is_addon=sku.is_addon,
        is_trial=sku.is_trial,
        prerequisites=tuple(sku.prerequisite_skus),
        minimum=sku.minimum_quantity,
        maximum=sku.maximum_quantity,
    )


def _price(row: PriceRow) -> catalogue.ListPrice:
    return catalogue.ListPrice(
        product_id=row.product_id,
        sku_id=row.sku_id,
        currency=row.currency,
        term=row.term,
        billing_cycle=row.billing_cycle,
        amount=row.unit_price,
    )
