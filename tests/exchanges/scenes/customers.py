"""The provider, customers and what is asked before anything is bought."""

from typing import Any

from tests.exchanges.examples import Exchange
from tests.exchanges.scenes.scene import (
    Scene,
)
from tests.exchanges.stage import Stage, american
from tests.sandbox.caller import (
    TENANT,
    agreement,
)


def get(path: str) -> Scene:
    """A read that needs nothing."""
    return lambda s, x: s.asked(x, path)


def of_customer(path: str = "") -> Scene:
    """A read about a customer with an order."""
    return lambda s, x: s.asked(x, s.order and f"{s.at}{path}")


def address(**change: str) -> Scene:
    return lambda s, x: s.asked(x, x.path, {**(x.body or {}), **change})


def attested(s: Stage, x: Exchange) -> Any:
    body = {**agreement(), "primaryContact": x.body["primaryContact"]}
    return s.asked(x, f"{s.named('Bakery')}/agreements", body)


def attested_again(s: Stage, x: Exchange) -> Any:
    return s.asked(x, f"{s.path()}/agreements", agreement())


def profile_put(s: Stage, x: Exchange) -> Any:
    path = f"{s.at}/profiles/billing"
    return s.asked(x, path, s.get(path))


def created(direct: bool) -> Scene:
    def scene(s: Stage, x: Exchange) -> Any:
        body = american(s.name())
        if direct:
            body = {**body, "enableGDAPByDefault": False}
            body.pop("associatedPartnerId")
        return s.asked(x, "/v1/customers", body)

    return scene


def filtered(field: str, value: str) -> Scene:
    wanted = f'{{"Field":"{field}","Value":"{value}","Operator":"starts_with"}}'
    return lambda s, x: s.asked(x, s.at and "/v1/customers", filter=wanted)


def qualified(s: Stage, x: Exchange, **decided: str) -> Any:
    customer = s.path()
    s.world.set_delays({"qualification": 60})
    body = {"qualification": "Education", "educationSegment": "K12", "website": "school.example"}
    asked = s.call("POST", f"{customer}/qualifications", body)
    assert asked.status_code == 201
    if decided:
        told = {"customerId": customer.rpartition("/")[2], "qualification": "Education", **decided}
        s.control("qualifications", told)
    answer = s.asked(x, f"{customer}/qualifications")
    s.world.set_delays({"qualification": 0})
    return answer


def relationship_removed(s: Stage, x: Exchange) -> Any:
    return s.asked(x, s.named("Bakery"), x.body)


def validation(company: str) -> Scene:
    return lambda s, x: s.asked(x, f"{s.named(company)}/validationStatus")


def validation_not_ready(s: Stage, x: Exchange) -> Any:
    s.world.set_delays(dict.fromkeys(s.world.delays, 60))
    answer = s.asked(x, f"{s.named('Bakery')}/validationStatus")
    s.world.set_delays(dict.fromkeys(s.world.delays, 0))
    return answer


def unknown_status(s: Stage, x: Exchange) -> Any:
    """Every customer here has a status of his account, so another one is asked for."""
    return s.asked(x, f"{s.at}/validationStatus", type="other")


def taken_domain(s: Stage, x: Exchange) -> Any:
    domain = s.get(s.at)["companyProfile"]["domain"]
    return s.asked(x, f"/v1/domains/{domain}")


def too_many(s: Stage, x: Exchange) -> Any:
    s.control("limits", {"per_minute": 1, "window": 60})
    s.call("GET", s.at)
    answer = s.call("GET", s.at)
    s.control("limits", {"per_minute": 500, "window": 60})
    return answer


def mpn(value: str, name: str = "mpnId") -> Scene:
    return lambda s, x: s.call("GET", f"{x.path}?{name}={value}")


def signed_in(**form: str) -> Scene:
    sent = {
        "client_id": "7c1f3a52-0c5e-4b39-9a6d-3f9f0d1b2a01",
        "client_secret": "sandbox-client-secret",
        "resource": "https://api.partnercenter.microsoft.com",
        **form,
    }
    return lambda s, x: s.http.post(f"/{TENANT}/oauth2/token", data=sent)
