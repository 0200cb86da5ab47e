"""The provider's existing customers, each with the account it belongs to."""

from collections.abc import Iterator

from partnercenter import connect
from sync.services.customers import Existing, known_ids


def customers_without_account(market: str) -> Iterator[Existing]:
    """Customers in a reseller relationship that no account has. Raises RemoteError on the way."""
    known = known_ids(market)
    for customer in connect(market).customers(page_size=500):
        if customer.is_ours and customer.id.lower() not in known:
            yield Existing(
                customer.id.lower(),
                customer.domain,
                customer.company_name,
                customer.associated_partner_id,
            )
