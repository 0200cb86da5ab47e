"""The sandbox, prepared so that a printed exchange can happen in it."""

from functools import cached_property
from itertools import count
from typing import Any
from urllib.parse import urlencode

from sandbox.world import World
from tests.exchanges.examples import Exchange
from tests.sandbox.caller import (
    BASIC,
    DOMAIN_ROLE,
    GDAPS,
    PASSWORD_ROLE,
    Caller,
    agreement,
    new_customer,
    read,
)

GIVES_ROLES = "e8611ab8-c189-46e8-94e1-60213ab1f814"
USER_ROLE = "fe930be7-5e62-47db-91af-98c3a49a38b1"
GRANTS = [
    {
        "enterpriseApplicationId": "00000003-0000-0000-c000-000000000000",
        "scope": "Domain.ReadWrite.All,User.ReadWrite.All",
    }
]


def american(name: str) -> dict[str, Any]:
    """The body that creates a customer with all the parts that the pages print."""
    place = {"country": "US", "city": "Redmond", "state": "WA", "postalCode": "98052"}
    people = {"firstName": "Ada", "lastName": "Lune", "email": "ada@bakery.example"}
    return new_customer(name, address=place, **people)


class Stage(Caller):
    """A provider with customers; what several exchanges read is made once."""

    def __init__(self) -> None:
        world = World()
        world.delays.update(dict.fromkeys(world.delays, 0.0))
        super().__init__(world)
        self._numbers = count()

    def name(self) -> str:
        """One that nobody has."""
        return f"stage{next(self._numbers)}"

    def path(self) -> str:
        """The path of a new customer who may buy."""
        return self.ready_customer(self.name())

    def named(self, company: str) -> str:
        """The path of a new customer whose name decides how Microsoft judges it."""
        body = new_customer(self.name(), companyName=company)
        return f"/v1/customers/{read(self.call('POST', '/v1/customers', body))['id']}"

    @cached_property
    def at(self) -> str:
        """A customer in the United States, with an order, whom nobody changes."""
        body = american(self.name())
        customer = f"/v1/customers/{read(self.call('POST', '/v1/customers', body))['id']}"
        told = agreement()
        told["primaryContact"]["phoneNumber"] = "4255550101"
        assert self.call("POST", f"{customer}/agreements", told).status_code == 201
        return customer

    @cached_property
    def order(self) -> Any:
        return self.buy(self.at, self.line(BASIC, 15))

    @property
    def subscription(self) -> str:
        """Its subscription's path."""
        assert self.order
        return self.first(self.at)

    def bought(self, quantity: int = 5, key: str = BASIC, term: str = "P1Y") -> str:
        """The path of a new customer's subscription."""
        customer = self.path()
        self.buy(customer, self.line(key, quantity, term))
        return self.first(customer)

    def first(self, customer: str) -> str:
        """The path of a customer's first subscription."""
        return f"{customer}/subscriptions/{self.get(f'{customer}/subscriptions')['items'][0]['id']}"

    def cart(self) -> str:
        """The path of a new customer's cart."""
        customer = self.path()
        made = read(self.call("POST", f"{customer}/carts", {"lineItems": [self.line()]}))
        return f"{customer}/carts/{made['id']}"

    def patched(self, path: str, **change: Any) -> Any:
        """A subscription changed whole."""
        return self.call("PATCH", path, {**self.get(path), **change})

    @cached_property
    def tenant(self) -> str:
        """The path of a customer who granted the roles and let the application in."""
        customer = self.path()
        customer_id = customer.rpartition("/")[2]
        self.grant(customer_id, DOMAIN_ROLE, PASSWORD_ROLE, USER_ROLE, GIVES_ROLES)
        consent = {
            "applicationId": "7c1f3a52-0c5e-4b39-9a6d-3f9f0d1b2a01",
            "displayName": "Portal",
            "applicationGrants": GRANTS,
        }
        answer = self.call("POST", f"{customer}/applicationconsents", consent)
        assert answer.status_code in (201, 409), answer.get_data()
        return customer

    def inside(self, method: str, path: str, body: Any = None) -> Any:
        """Graph in that customer's tenant."""
        return self.graph(method, f"/v1.0{path}", body, tenant=self.tenant.rpartition("/")[2])

    def domain(self) -> str:
        """The path of a domain added to that tenant, not verified."""
        name = f"{self.name()}.example"
        assert self.inside("POST", "/domains", {"id": name}).status_code == 201
        return f"/domains/{name}"

    def user(self) -> str:
        """The path of a new user in that tenant."""
        company = self.get(self.tenant)["companyProfile"]
        body = {
            "usageLocation": "FR",
            "userPrincipalName": f"{self.name()}@{company['domain']}",
            "firstName": "Ada",
            "lastName": "Lune",
            "displayName": "Ada Lune",
            "passwordProfile": {"password": "Renewed-2024-pass!", "forceChangePassword": True},
        }
        answer = self.call("POST", f"{self.tenant}/users", body)
        assert answer.status_code == 200, answer.get_data()
        return f"{self.tenant}/users/{read(answer)['id']}"

    def gdap(self) -> str:
        """The path of a relationship that was not sent yet."""
        answer = self.graph("POST", GDAPS, self.gdap_body())
        assert answer.status_code == 201, answer.get_data()
        return f"{GDAPS}/{answer.json['id']}"

    def gdap_body(self) -> dict[str, Any]:
        return {
            "displayName": self.name(),
            "duration": "P730D",
            "customer": {"tenantId": self.at.rpartition("/")[2], "displayName": "Bakery"},
            "accessDetails": {"unifiedRoles": [{"roleDefinitionId": USER_ROLE}]},
            "autoExtendDuration": "P180D",
        }

    def asked(self, x: Exchange, path: str, body: Any = None, **query: str) -> Any:
        """The printed method, query and wish for compression, on a path of this world."""
        wanted = {**x.query, **query}
        taken = {"Accept_Encoding": "gzip"} if "content-encoding" in x.lower_headers else {}
        return self.call(x.method, f"{path}?{urlencode(wanted)}" if wanted else path, body, **taken)

    def control(self, path: str, body: Any) -> None:
        """`POST /_sandbox/{path}`."""
        answer = self.http.post(f"/_sandbox/{path}", json=body)
        assert answer.status_code < 300, answer.get_data()
