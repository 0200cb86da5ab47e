"""The provider's existing customers, each with the account it belongs to."""

from collections.abc import Iterator

from accounts.models import PartnerId
from partnercenter import connect
from partnercenter.types import Customer
from sync.services.customers import Existing, holders, known_ids

PAGE = 500


def customers_without_account(market: str) -> Iterator[tuple[Existing, PartnerId | None]]:
    """Customers that no account has, and the MPN ID whose reseller they are associated with.

    Lists do not name the reseller, but can be asked for one. Raises RemoteError on the way.
    """
    client, seen = connect(market), known_ids(market)
    for partner in holders(market):
        for customer in client.customers(reseller_tenant_id=partner.tenant_id, page_size=PAGE):
            if customer.is_ours and customer.id not in seen:
                seen.add(customer.id)
                yield existing(customer, partner.tenant_id), partner
    for customer in client.customers(page_size=PAGE):
        if customer.is_ours and customer.id not in seen:
            yield existing(customer, customer.associated_partner_id), None


def existing(customer: Customer, reseller: str) -> Existing:
    """A customer as a list shows it; `reseller` is the tenant of the associated partner."""
    return Existing(customer.id, customer.domain, customer.company_name, reseller)
