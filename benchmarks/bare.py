"""The floor of an order: a bare client, written by hand, that makes the same calls with bodies."""

import smtplib
import uuid
from email.message import EmailMessage
from typing import Any

import httpx

from tests.sandbox_fixture import MICROSOFT, LiveSandbox

MPN_ID, PARTNER_TENANT = "4847383", "aaaaaaaa-0000-4000-8000-000004847383"
PRODUCT, SKU = "CFQ7TTC0LH18", "0001"
AGREEMENT = "117a77b0-9360-443b-8795-c6dedc750cf9"
ROLES = (
    "8329153b-31d0-4727-b945-745eb3bc5f31",
    "7be44c8a-adaf-4e2a-84d6-ab2649e08a13",
    "88d8e3e3-8f55-4a1e-953a-9b9898b8876b",
)
ADDRESS = {
    "firstName": "Claire",
    "lastName": "Dubois",
    "addressLine1": "12 rue de la Paix",
    "city": "Paris",
    "postalCode": "75002",
    "country": "FR",
    "phoneNumber": "+33123456789",
}
RELATIONSHIPS = "/v1.0/tenantRelationships/delegatedAdminRelationships"


class Bare:
    """Tokens are fetched once, as the portal keeps its own."""

    def __init__(self, sandbox: LiveSandbox) -> None:
        self._http = httpx.Client(base_url=sandbox.url, timeout=30)
        self._smtp_port = sandbox.smtp_port
        self._center = self._token("https://api.partnercenter.microsoft.com")
        self._graph = self._token("https://graph.microsoft.com")

    def order(self, name: str) -> None:
        """One new platform with two seats."""
        customer = self._create_customer(name)
        path = f"/v1/customers/{customer}"
        self._send("GET", f"{path}/validationStatus?type=account")
        self._ask_for_rights(customer, name)
        self._send("POST", f"{path}/agreements", _agreement())
        self._check_partner()
        cart = self._fill_cart(path)
        self._send("POST", f"{path}/carts/{cart}/checkout")
        self._send("GET", f"{path}/subscriptions")
        self._mail(name)

    def customer_with_lines(self, name: str, count: int) -> str:
        """A new customer who has bought so many subscriptions in one cart; the customer's id."""
        customer = self._create_customer(name)
        path = f"/v1/customers/{customer}"
        self._send("POST", f"{path}/agreements", _agreement())
        cart = self._fill_cart(path, count)
        self._send("POST", f"{path}/carts/{cart}/checkout")
        return customer

    def read(self, path: str) -> Any:
        """The JSON of a GET."""
        return self._send("GET", path)

    def _create_customer(self, name: str) -> str:
        billing = {
            "firstName": "Claire",
            "lastName": "Dubois",
            "email": "office@contoso-bakery.example",
            "culture": "fr-FR",
            "language": "fr",
            "companyName": name,
            "defaultAddress": ADDRESS,
        }
        body = {
            "companyProfile": {"domain": f"{name}.onmicrosoft.com"},
            "billingProfile": billing,
            "associatedPartnerId": PARTNER_TENANT,
        }
        return str(self._send("POST", "/v1/customers", body)["id"])

    def _ask_for_rights(self, customer: str, name: str) -> None:
        body = {
            "displayName": name,
            "duration": "P730D",
            "customer": {"tenantId": customer},
            "accessDetails": {"unifiedRoles": [{"roleDefinitionId": role} for role in ROLES]},
            "autoExtendDuration": "P180D",
        }
        made = self._send("POST", RELATIONSHIPS, body)
        locked = {"action": "lockForApproval"}
        self._send("POST", f"{RELATIONSHIPS}/{made['id']}/requests", locked)

    def _check_partner(self) -> None:
        self._send("GET", f"/v1/profiles/mpn?mpnId={MPN_ID}")
        self._send("GET", f"/v1/compliance/csp/agreementstatus?mpnId={MPN_ID}")
        kind = "IsIndirectCloudSolutionProviderOf"
        self._send("GET", f"/v1/relationships?relationship_type={kind}")
        self._send("POST", "/v1/partners/validateresellers", {"partnerIds": [MPN_ID]})

    def _fill_cart(self, path: str, lines: int = 1) -> str:
        offers = f"{path}/products/{PRODUCT}/skus/{SKU}/availabilities?country=FR"
        item = next(
            offer["catalogItemId"]
            for offer in self._send("GET", offers)["items"]
            if offer["terms"][0]["duration"] == "P1M"
        )
        line = {
            "id": 0,
            "catalogItemId": item,
            "quantity": 2,
            "billingCycle": "Monthly",
            "termDuration": "P1M",
            "participants": [{"key": "transaction_reseller", "value": MPN_ID}],
            "partnerOnRecordAttestationAccepted": True,
        }
        items = [{**line, "id": number} for number in range(lines)]
        return str(self._send("POST", f"{path}/carts", {"lineItems": items})["id"])

    def _mail(self, name: str) -> None:
        message = EmailMessage()
        message["From"], message["To"] = "portal@portal.example", "office@contoso-bakery.example"
        message["Subject"] = name
        message.set_content("Login and password.")
        with smtplib.SMTP("127.0.0.1", self._smtp_port) as server:
            server.send_message(message)

    def _send(self, method: str, path: str, body: Any = None) -> Any:
        token = self._graph if path.startswith("/v1.0/") else self._center
        headers = {"Authorization": f"Bearer {token}", "MS-RequestId": str(uuid.uuid4())}
        answer = self._http.request(method, path, json=body, headers=headers)
        assert answer.is_success, (method, path, answer.status_code, answer.text)
        return httpx.Response(200, content=answer.content.removeprefix(b"\xef\xbb\xbf")).json()

    def _token(self, resource: str) -> str:
        secrets = ("client_id", "client_secret", "refresh_token")
        form = {name: MICROSOFT[name] for name in secrets}
        form |= {"grant_type": "refresh_token", "resource": resource}
        answer = self._http.post(f"/{MICROSOFT['tenant_id']}/oauth2/token", data=form)
        return str(answer.raise_for_status().json()["access_token"])


def _agreement() -> dict[str, Any]:
    return {
        "primaryContact": {
            "firstName": "Claire",
            "lastName": "Dubois",
            "email": "office@contoso-bakery.example",
        },
        "templateId": AGREEMENT,
        "dateAgreed": "2026-01-15T00:00:00.000Z",
        "type": "MicrosoftCustomerAgreement",
    }
