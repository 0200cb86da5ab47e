"""What Northwind wishes in the stories of orders."""

import uuid
from collections.abc import Mapping
from datetime import date
from typing import Any

from accounts.access import Actor
from accounts.models import Account, Role, User
from journal.people import PORTAL
from orders.wishes import AgreementWish, Contact, LineWish, PlatformWish
from subscriptions import catalogue
from subscriptions.models import Licence, Price

CONTACT = {
    "company": "Contoso Bakery",
    "first_name": "Claire",
    "last_name": "Dubois",
    "email": "office@contoso-bakery.example",
    "phone": "+33 1 23 45 67 89",
    "address": "12 rue de la Paix",
    "address2": "",
    "city": "Paris",
    "region": "",
    "postal_code": "75002",
    "country": "FR",
    "language": "fr",
    "registration_number": "",
}


def actor(account: Account, user: User, role: Role = Role.OWNER) -> Actor:
    return Actor(user, account, role)


def fetch_catalogue(account: Account, run_journal: Any) -> None:
    """The real synchronisation, from the sandbox."""
    catalogue.ask_sync(market=account.region, country=account.country, by=PORTAL)
    run_journal(skip_pauses=True)


def licence(account: Account, name: str) -> Licence:
    """A licence on sale, by its name."""
    rows = Licence.objects.on_sale(
        market=account.region, country=account.country, currency=account.currency
    )
    return next(row for row in rows if row.name == name)


def price(of: Licence, term: str = "P1M") -> Price:
    return of.prices.get(term=term, billing_cycle="Monthly")


def line(of: Licence, quantity: int, term: str = "P1M") -> LineWish:
    return LineWish(of.pk, term, "Monthly", quantity, price(of, term).amount)


def platform(
    partner_id: int,
    *lines: LineWish,
    prefix: str = "contosobakery",
    contact: Mapping[str, str] = CONTACT,
) -> PlatformWish:
    return PlatformWish(
        form_key=uuid.uuid4(),
        partner_id=partner_id,
        prefix=prefix,
        contact=Contact(**contact),
        agreement=AgreementWish(
            template_id="117a77b0-9360-443b-8795-c6dedc750cf9",
            version="1",
            link="https://aka.ms/customeragreement",
            first_name="Claire",
            last_name="Dubois",
            email="office@contoso-bakery.example",
            phone="",
            agreed_date=date(2026, 1, 15),
        ),
        lines=lines,
    )
