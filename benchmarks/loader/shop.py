"""What is sold: licences with plans and prices."""

from collections.abc import Iterator
from decimal import Decimal

from benchmarks.loader.people import Tables
from benchmarks.loader.size import LICENCES, Size, ago
from subscriptions.models import Licence, Plan, Price

OFFERS = (("P1M", "Monthly"), ("P1Y", "Monthly"), ("P1Y", "Annual"))


def tables(_size: Size) -> Tables:
    yield Licence, _licences()
    yield Plan, _plans()
    yield Price, _prices()


def cost(licence: int) -> Decimal:
    return Decimal(4 + licence)


def _licences() -> Iterator[Licence]:
    for pk in range(1, LICENCES + 1):
        yield Licence(
            pk=pk,
            market="eu",
            country="FR",
            product_id=f"CFQ7TTC0{pk:04}",
            sku_id="0001",
            name=f"Microsoft 365 Licence {pk:02}",
            valid_from=ago(900),
        )


def _plans() -> Iterator[Plan]:
    for pk in range(1, LICENCES + 1):
        for term, cycle in OFFERS:
            yield Plan(licence_id=pk, term=term, billing_cycle=cycle, valid_from=ago(900))


def _prices() -> Iterator[Price]:
    for pk in range(1, LICENCES + 1):
        for term, cycle in OFFERS:
            months = 12 if cycle == "Annual" else 1
            yield Price(
                licence_id=pk,
                currency="EUR",
                term=term,
                billing_cycle=cycle,
                amount=cost(pk) * months,
                retail=cost(pk) * months * Decimal("1.2"),
                valid_from=ago(900),
            )
