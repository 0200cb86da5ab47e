"""How much there is of everything."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

PASSWORD = "correct horse battery staple"
"""Of everybody: `owner1@reseller.example` has the big account, `owner2@…` a small one."""
MPN = 6_000_000
PER_TENANT = 5
LICENCES = 40


@dataclass(frozen=True)
class Size:
    """One big account, and many that share the rest of the tenants evenly."""

    accounts: int = 2_000
    tenants: int = 20_000
    big: int = 5_000
    """Tenants of the first account: the worst case."""

    def account_of(self, tenant: int) -> int:
        if tenant <= self.big:
            return 1
        return 2 + (tenant - self.big - 1) % (self.accounts - 1)

    @property
    def subscriptions(self) -> int:
        return self.tenants * PER_TENANT

    @property
    def members(self) -> Iterator[tuple[int, int, str]]:
        """Person, account and role: an owner and a viewer each, and 200 more in the big one."""
        for account in range(1, self.accounts + 1):
            yield account, account, "owner"
            yield self.accounts + account, account, "viewer"
        for number in range(1, 201):
            role = ("viewer", "operator", "manager")[number % 3]
            yield 2 * self.accounts + number, 1, role

    @property
    def staff(self) -> int:
        return 2 * self.accounts + 201


TODAY = datetime.combine(datetime.now(UTC).date(), time(), UTC)


def ago(days: float) -> datetime:
    return TODAY - timedelta(days=days)


def name_of(number: int) -> str:
    """Of a customer; neighbours in the alphabet are not neighbours in age."""
    return f"{TOWNS[number * 7 % len(TOWNS)]} {TRADES[number * 11 % len(TRADES)]} {number}"


TOWNS = ("Arles", "Brest", "Calais", "Dijon", "Evreux", "Foix", "Gap", "Hyeres", "Lyon", "Metz",
         "Nantes", "Orange", "Paris", "Quimper", "Rennes", "Sete", "Tours", "Valence")  # fmt: skip
TRADES = ("Bakery", "Cabinets", "Dental", "Estates", "Florist", "Garage", "Hotels", "Kitchens",
          "Lawyers", "Motors", "Notary", "Optics", "Pharmacy")  # fmt: skip
