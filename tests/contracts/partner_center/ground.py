"""The ground that every story of the contract stands on."""

import time
import uuid
from abc import ABC, abstractmethod
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TypeVar

import pytest

from common.errors import NotFound
from partnercenter import PartnerCenter, requests
from partnercenter.request import Request
from partnercenter.types import Address, CreatedCustomer

T = TypeVar("T")
ADDRESS = Address(
    line1="1 rue de la Paix",
    city="Paris",
    postal_code="75002",
    country="FR",
    first_name="Zoé",
    last_name="Martin",
    phone="+33142000000",
)


def new_id() -> str:
    return str(uuid.uuid4())


def soon(ask: Callable[[], T], seconds: float = 60) -> T:
    """What `ask` says once it says something; Microsoft is eventually consistent."""
    ends = time.monotonic() + seconds
    while True:
        try:
            found = ask()
        except NotFound:
            found = None
        if found:
            return found
        assert time.monotonic() < ends, "it did not happen in time"
        time.sleep(0.05)


class Ground(ABC):
    """How a client is made, what it stands on, and the steps that several stories take."""

    MPN_ID = "4847383"
    RESELLER_TENANT = "aaaaaaaa-0000-4000-8000-000004847383"
    UNSIGNED, SUSPENDED = "5550001", "5550004"
    GROUP = "869713c9-0b28-4d08-8949-ae07ae1bf528"

    @abstractmethod
    def make(self) -> PartnerCenter:
        """A client of a Microsoft that is empty but for its partners."""

    @abstractmethod
    def approve(self, domain: str) -> None:
        """The customer's administrator approves GDAP and the application."""

    @pytest.fixture
    def client(self) -> PartnerCenter:
        return self.make()

    @pytest.fixture
    def prefix(self) -> str:
        return f"bakery{uuid.uuid4().hex[:10]}"

    @pytest.fixture
    def created(self, client: PartnerCenter, prefix: str) -> CreatedCustomer:
        created = client.create_customer(self.customer(prefix), request_id=new_id())
        soon(lambda: client.customer(customer_id=created.customer.id))
        return created

    def customer(self, prefix: str) -> Request:
        return requests.create_customer(
            domain=f"{prefix}.onmicrosoft.com",
            company_name=f"Bakery {prefix}",
            email="zoe@contoso-bakery.example",
            address=ADDRESS,
            culture="fr-FR",
            language="fr",
            associated_partner_id=self.RESELLER_TENANT,
        )

    def attest(self, client: PartnerCenter, customer_id: str) -> None:
        (template,) = client.agreement_templates()
        document = client.agreement_document(
            template_id=template.template_id, language="fr-FR", country="FR"
        )
        assert document.display_url
        request = requests.attest_agreement(
            customer_id=customer_id,
            template_id=template.template_id,
            agreed_at=datetime.now(UTC) - timedelta(minutes=1),
            first_name="Zoé",
            last_name="Martin",
            email="zoe@contoso-bakery.example",
        )
        client.attest_agreement(request, request_id=new_id())
