"""Customers and their agreement."""

import pytest

from common.errors import AlreadyDone, NotFound, Refused
from partnercenter import PartnerCenter
from partnercenter.types import CreatedCustomer
from tests.contracts.partner_center.ground import Ground, new_id, soon


class CustomerStories(Ground):
    """A customer is created once, told in full, and attested once."""

    def test_a_customer_is_created_once(self, client: PartnerCenter, prefix: str) -> None:
        request, request_id = self.customer(prefix), new_id()
        first = client.create_customer(request, request_id=request_id)
        again = client.create_customer(request, request_id=request_id)
        assert first == again
        assert first.password
        assert first.user_principal_name == f"admin@{prefix}.onmicrosoft.com"
        found = soon(lambda: list(client.customers(domain=prefix)))
        assert [customer.id for customer in found] == [first.customer.id]
        assert found[0].is_ours

    def test_a_taken_domain_is_refused(self, client: PartnerCenter, prefix: str) -> None:
        client.create_customer(self.customer(prefix), request_id=new_id())
        with pytest.raises((Refused, AlreadyDone)):
            client.create_customer(self.customer(prefix), request_id=new_id())

    def test_one_customer_is_told_in_full(
        self, client: PartnerCenter, created: CreatedCustomer
    ) -> None:
        customer = client.customer(customer_id=created.customer.id)
        assert customer.billing is not None
        assert customer.billing.email == "zoe@contoso-bakery.example"
        assert client.customer_resellers(customer_id=customer.id)[0].mpn_id == self.MPN_ID
        status = soon(lambda: client.validation_status(customer_id=customer.id))
        assert status.is_allowed
        with pytest.raises(NotFound):
            client.customer(customer_id=new_id())

    def test_the_relationship_link_is_one_for_all(self, client: PartnerCenter) -> None:
        assert client.relationship_request().startswith("https://")

    def test_an_agreement_is_attested_once(
        self, client: PartnerCenter, created: CreatedCustomer
    ) -> None:
        customer_id = created.customer.id
        assert client.customer_agreements(customer_id=customer_id) == []
        self.attest(client, customer_id)
        assert client.customer_agreements(customer_id=customer_id)[0].first_name == "Zoé"
        with pytest.raises(AlreadyDone):
            self.attest(client, customer_id)
