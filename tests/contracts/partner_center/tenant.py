"""Inside a customer's tenant."""

import pytest

from common.errors import AlreadyDone, Refused, Stale
from partnercenter import PartnerCenter, requests
from partnercenter.types import CreatedCustomer, Grant
from tests.contracts.partner_center.ground import Ground, new_id, soon

GRAPH = "00000003-0000-0000-c000-000000000000"
PRIVILEGED_AUTHENTICATION_ADMINISTRATOR = "7be44c8a-adaf-4e2a-84d6-ab2649e08a13"
DOMAIN_NAME_ADMINISTRATOR = "8329153b-31d0-4727-b945-745eb3bc5f31"
USER_ADMINISTRATOR = "fe930be7-5e62-47db-91af-98c3a49a38b1"
ROLES = [
    PRIVILEGED_AUTHENTICATION_ADMINISTRATOR,
    DOMAIN_NAME_ADMINISTRATOR,
    USER_ADMINISTRATOR,
]


class TenantStories(Ground):
    """Nothing before the customer lets us in, everything he granted afterwards."""

    def let_us_in(self, client: PartnerCenter, created: CreatedCustomer) -> None:
        customer_id = created.customer.id
        asked = client.create_gdap(
            requests.create_gdap(
                display_name=f"Portal {created.customer.domain}"[:50],
                customer_id=customer_id,
                role_ids=ROLES,
            ),
            request_id=new_id(),
        )
        assert asked.status == "created"
        client.lock_gdap(requests.lock_gdap(gdap_id=asked.id), request_id=new_id())
        assert asked.id in asked.approval_url
        self.approve(created.customer.domain)
        soon(lambda: client.gdap(gdap_id=asked.id).is_active)
        assert [found.id for found in client.gdaps(customer_id=customer_id)] == [asked.id]
        assign = requests.assign_gdap(gdap_id=asked.id, group_id=self.GROUP, role_ids=ROLES)
        client.assign_gdap(assign, request_id=new_id())
        soon(lambda: client.access_assignments(gdap_id=asked.id)[0].status == "active")
        consent = requests.consent_application(
            customer_id=customer_id,
            application_id="7c1f3a52-0c5e-4b39-9a6d-3f9f0d1b2a01",
            display_name="Reseller Portal",
            grants=[Grant(GRAPH, ("Domain.ReadWrite.All", "User.ReadWrite.All"))],
        )
        try:
            client.consent_application(consent, request_id=new_id())
        except AlreadyDone:
            assert client.has_consent(customer_id=customer_id)
        soon(lambda: client.has_consent(customer_id=customer_id))

    def reset(self, client: PartnerCenter, customer_id: str) -> None:
        roles = client.directory_roles(customer_id=customer_id)
        role = next(role for role in roles if role.is_global_administrator)
        admin = client.role_members(customer_id=customer_id, role_id=role.id)[0]
        request = requests.reset_password(
            customer_id=customer_id, user_id=admin.id, password="Renewed-2024-pass!"
        )
        assert client.reset_password(request, request_id=new_id()).id == admin.id

    def test_nothing_is_done_in_a_tenant_that_has_not_let_us_in(
        self, client: PartnerCenter, created: CreatedCustomer
    ) -> None:
        customer_id = created.customer.id
        assert client.has_consent(customer_id=customer_id) is False
        with pytest.raises(Refused) as raised:
            client.domains(customer_id=customer_id)
        assert raised.value.field in ("consent", "gdap")
        with pytest.raises(Refused) as raised:
            self.reset(client, customer_id)
        assert raised.value.field == "gdap"

    def test_the_administrators_password_is_reset(
        self, client: PartnerCenter, created: CreatedCustomer
    ) -> None:
        self.let_us_in(client, created)
        self.reset(client, created.customer.id)

    def test_users_are_made_and_listed(
        self, client: PartnerCenter, created: CreatedCustomer
    ) -> None:
        self.let_us_in(client, created)
        customer_id = created.customer.id
        request = requests.create_user(
            customer_id=customer_id,
            user_principal_name=f"leo@{created.customer.domain}",
            display_name="Léo",
            first_name="Léo",
            last_name="Martin",
            usage_location="FR",
            password="Welcome-2024-leo!",
        )
        user = client.create_user(request, request_id=new_id())
        assert user.display_name == "Léo"
        assert user.id in {found.id for found in client.users(customer_id=customer_id)}
        assert client.user(customer_id=customer_id, user_id=user.id).usage_location == "FR"

    def test_a_domain_is_added_and_says_how_to_prove_it(
        self, client: PartnerCenter, created: CreatedCustomer
    ) -> None:
        self.let_us_in(client, created)
        customer_id, name = created.customer.id, "northwind-customer.example"
        add = requests.add_domain(customer_id=customer_id, name=name)
        assert client.add_domain(add, request_id=new_id()).is_verified is False
        records = soon(lambda: client.verification_records(customer_id=customer_id, name=name))
        texts = [record.text for record in records if record.record_type.lower() == "txt"]
        assert texts[0].startswith("MS=ms")
        assert name in {domain.id for domain in client.domains(customer_id=customer_id)}
        assert client.domain(customer_id=customer_id, name=name).is_verified is False
        enable = requests.enable_services(customer_id=customer_id, name=name, services=["Email"])
        with pytest.raises(Refused):
            client.enable_services(enable, request_id=new_id())

    def test_gdap_is_extended_and_ended(
        self, client: PartnerCenter, created: CreatedCustomer
    ) -> None:
        self.let_us_in(client, created)
        (found,) = client.gdaps(customer_id=created.customer.id)
        read = client.gdap(gdap_id=found.id)
        off = requests.extend_gdap(gdap_id=read.id, etag=read.etag, auto_extend="PT0S")
        assert client.extend_gdap(off, request_id=new_id()).auto_extend == "PT0S"
        with pytest.raises(Stale):  # the version is an older one now
            client.extend_gdap(off, request_id=new_id())
        client.terminate_gdap(requests.terminate_gdap(gdap_id=read.id), request_id=new_id())
        soon(lambda: not client.gdap(gdap_id=read.id).is_active)
