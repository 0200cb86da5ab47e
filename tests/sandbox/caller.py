"""A provider that calls the sandbox in this process, without the portal's client."""

import json
from typing import Any

from werkzeug.test import Client, TestResponse

from sandbox.app import create_app
from sandbox.world import World

TENANT = "2b1d6a8e-5d0c-4c53-9b5e-5f0a6c1d7e01"
APPLICATION = "7c1f3a52-0c5e-4b39-9a6d-3f9f0d1b2a01"
PARTNER_CENTER = "https://api.partnercenter.microsoft.com"
GRAPH = "https://graph.microsoft.com"
NORTHWIND = "aaaaaaaa-0000-4000-8000-000004847383"
CUSTOMER_AGREEMENT = "117a77b0-9360-443b-8795-c6dedc750cf9"
DOMAIN_ROLE = "8329153b-31d0-4727-b945-745eb3bc5f31"
PASSWORD_ROLE = "7be44c8a-adaf-4e2a-84d6-ab2649e08a13"
BASIC, EXCHANGE, PHONE = "CFQ7TTC0LH18:0001", "CFQ7TTC0LH16:0001", "CFQ7TTC0LH0T:0001"
GDAPS = "/v1.0/tenantRelationships/delegatedAdminRelationships"


class Caller:
    """Calls as a person of the provider; `app=True` as the application alone."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.http = Client(create_app(world))
        self._tokens: dict[tuple[str, str, bool], str] = {}

    def sign_in(self, tenant: str = TENANT, resource: str = PARTNER_CENTER, **form: str) -> Any:
        """The login's answer as JSON."""
        sent = {
            "client_id": APPLICATION,
            "client_secret": "sandbox-client-secret",
            "grant_type": "refresh_token",
            "refresh_token": "sandbox-refresh-token",
            "scope": f"{resource}/.default offline_access openid",
            **form,
        }
        return self.http.post(f"/{tenant}/oauth2/v2.0/token", data=sent).json

    def token(self, resource: str = PARTNER_CENTER, tenant: str = TENANT, app: bool = False) -> str:
        """An access token, asked for once."""
        key = (resource, tenant, app)
        if key not in self._tokens:
            form = {"grant_type": "client_credentials"} if app else {}
            self._tokens[key] = self.sign_in(tenant, resource, **form)["access_token"]
        return self._tokens[key]

    def call(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        app: bool = False,
        token: str = "",
        **headers: str,
    ) -> TestResponse:
        """Any call to Partner Center or the control API."""
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        sent["Authorization"] = f"Bearer {token or self.token(app=app)}"
        data = None if body is None else json.dumps(body)
        return self.http.open(path, method=method, data=data, headers=sent)

    def graph(self, method: str, path: str, body: Any = None, *, tenant: str = TENANT) -> Any:
        """A call to Graph in the provider's or in a customer's tenant."""
        return self.call(method, path, body, token=self.token(GRAPH, tenant))

    def get(self, path: str, **more: Any) -> Any:
        """The JSON of a successful GET."""
        response = self.call("GET", path, **more)
        assert response.status_code == 200, response.get_data()
        return read(response)

    def customer(self, name: str = "bakery", **billing: Any) -> Any:
        """A new customer, as the answer tells it."""
        response = self.call("POST", "/v1/customers", new_customer(name, **billing))
        assert response.status_code == 201, response.get_data()
        return read(response)

    def ready_customer(self, name: str = "bakery") -> str:
        """The path of a customer who may buy."""
        path = f"/v1/customers/{self.customer(name)['id']}"
        assert self.call("POST", f"{path}/agreements", agreement()).status_code == 201
        return path

    def line(self, key: str = BASIC, quantity: int = 5, term: str = "P1Y", **more: Any) -> Any:
        """A line of a cart with Northwind as reseller."""
        product, sku = key.split(":")
        found = self.get(f"/v1/products/{product}/skus/{sku}/availabilities?country=FR")
        item = next(i for i in found["items"] if i["terms"][0]["duration"] == term)
        return {
            "catalogItemId": item["catalogItemId"],
            "quantity": quantity,
            "billingCycle": "Monthly",
            "termDuration": term,
            "participants": [{"key": "transaction_reseller", "value": "4847383"}],
            "partnerOnRecordAttestationAccepted": True,
            **more,
        }

    def buy(self, customer: str, *lines: Any) -> Any:
        """The first order of a checkout."""
        cart = read(self.call("POST", f"{customer}/carts", {"lineItems": list(lines)}))
        response = self.call("POST", f"{customer}/carts/{cart['id']}/checkout")
        assert response.status_code == 201, response.get_data()
        return read(response)["orders"][0]

    def grant(self, customer_id: str, *roles: str) -> str:
        """An active GDAP relationship with its roles assigned; its id."""
        wanted = {"unifiedRoles": [{"roleDefinitionId": role} for role in roles]}
        body = {
            "displayName": f"relationship {customer_id[:8]} {len(roles)}",
            "duration": "P730D",
            "customer": {"tenantId": customer_id},
            "accessDetails": wanted,
            "autoExtendDuration": "P180D",
        }
        found: str = self.graph("POST", GDAPS, body).json["id"]
        self.graph("POST", f"{GDAPS}/{found}/requests", {"action": "lockForApproval"})
        group = {"accessContainerId": "group", "accessContainerType": "securityGroup"}
        assignment = {"accessContainer": group, "accessDetails": wanted}
        made = self.graph("POST", f"{GDAPS}/{found}/accessAssignments", assignment)
        assert made.status_code == 201, made.get_data()
        return found


def read(response: TestResponse) -> Any:
    """The JSON of an answer, with or without the byte order mark."""
    return json.loads(response.get_data().decode("utf-8-sig"))


def code(response: TestResponse) -> Any:
    """The status and the code of a refusal."""
    return response.status_code, read(response)["code"]


def new_customer(name: str = "bakery", **billing: Any) -> dict[str, Any]:
    """The body that creates a French customer of Northwind."""
    address = {
        "country": "FR",
        "city": "Lille",
        "addressLine1": "12 rue Nationale",
        "postalCode": "59800",
        "firstName": "Ada",
        "lastName": "Lune",
        "phoneNumber": "0320000000",
    }
    profile = {
        "email": "ada@bakery.example",
        "culture": "fr-FR",
        "language": "fr",
        "companyName": "Bakery",
        "defaultAddress": {**address, **billing.pop("address", {})},
    }
    return {
        "companyProfile": {"domain": f"{name}.onmicrosoft.com"},
        "billingProfile": {**profile, **billing},
        "associatedPartnerId": NORTHWIND,
    }


def agreement(agreed: str = "2024-01-01T00:00:00.000Z") -> dict[str, Any]:
    """The body that attests the customer agreement."""
    return {
        "primaryContact": {"firstName": "Ada", "lastName": "Lune", "email": "ada@bakery.example"},
        "templateId": CUSTOMER_AGREEMENT,
        "dateAgreed": agreed,
        "type": "MicrosoftCustomerAgreement",
    }
