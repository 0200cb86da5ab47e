"""Tenants that existed before: what they bring along, who else is attached, how they leave."""

from typing import Any

import pytest

from tests.sandbox.caller import EXCHANGE, Caller, agreement, code, read

STANDARD = "CFQ7TTC0LDPB:0001"


def accept(provider: Caller, name: str) -> str:
    """The path of the customer."""
    answer = provider.http.post("/_sandbox/relationships/accept", json={"domain": name})
    return f"/v1/customers/{answer.json['id']}"


def seats(provider: Caller, path: str) -> dict[str, tuple[int, int]]:
    """Active and used seats by licence."""
    items = provider.get(f"{path}/subscribedskus")["items"]
    return {each["productSku"]["name"]: (each["activeUnits"], each["consumedUnits"])
            for each in items}  # fmt: skip


def post(provider: Caller, path: str, **body: Any) -> Any:
    return provider.http.post(f"/_sandbox/{path}", json=body)


def test_seats_of_another_provider_count_until_he_cancels(provider: Caller) -> None:
    path = accept(provider, "existing-bakery")
    assert provider.get(f"{path}/subscriptions")["items"] == []
    assert list(seats(provider, path).values()) == [(12, 9)]
    assert provider.call("POST", f"{path}/agreements", agreement()).status_code == 201
    provider.buy(path, provider.line(EXCHANGE, 5))
    assert len(seats(provider, path)) == 2
    post(provider, "seats", domain="existing-bakery", seats={STANDARD: 0})
    assert [active for active, _ in seats(provider, path).values()] == [5]
    assert post(provider, "seats", domain="existing-bakery", seats={"x": 1}).status_code == 400
    assert post(provider, "seats", domain="nobody", seats={}).status_code == 400


def test_subscriptions_bought_by_another_program_come_along(provider: Caller) -> None:
    path = accept(provider, "existing-florist")
    items = provider.get(f"{path}/subscriptions")["items"]
    assert [(each["quantity"], each["partnerId"]) for each in items] == [
        (4, "4847383"),
        (2, "4847383"),
    ]
    both = accept(provider, "existing-workshop")
    assert len(provider.get(f"{both}/subscriptions")["items"]) == 1
    assert len(seats(provider, both)) == 2


def test_another_reseller_gets_attached(provider: Caller) -> None:
    path = accept(provider, "existing-garage")
    assert [each["mpnId"] for each in provider.get(f"{path}/relationships")["items"]] == ["4847385"]
    post(provider, "relationships/attach", domain="existing-garage", mpnId="4847383")
    post(provider, "relationships/attach", domain="existing-garage", mpnId="4847383")
    attached = [each["mpnId"] for each in provider.get(f"{path}/relationships")["items"]]
    assert attached == ["4847385", "4847383"]
    for mpn_id in attached:
        wanted = f'{{"Field":"IndirectReseller","Value":"{mpn_id}","Operator":"equals"}}'
        found = provider.get(f"/v1/customers?size=0&filter={wanted}")
        assert found["totalCount"] == 1
    for body in ({"domain": "nobody", "mpnId": "4847383"}, {"domain": "existing-garage"}):
        assert post(provider, "relationships/attach", **body).status_code == 400


def test_a_relationship_is_dropped_once_everything_is_suspended_and_taken_up_again(
    provider: Caller,
) -> None:
    path = accept(provider, "existing-workshop")
    gone = {"relationshipToPartner": "none"}
    assert code(provider.call("PATCH", path, gone)) == (400, 2000)
    (found,) = provider.get(f"{path}/subscriptions")["items"]
    one = f"{path}/subscriptions/{found['id']}"
    assert provider.call("PATCH", one, {**found, "status": "suspended"}).status_code == 200
    assert provider.call("PATCH", path, gone).status_code == 200
    assert code(provider.call("GET", path)) == (403, 20002)
    assert accept(provider, "existing-workshop") == path
    assert provider.get(path)["relationshipToPartner"] == "reseller"


def test_a_new_version_of_the_agreement_is_to_be_accepted_again(provider: Caller) -> None:
    path = provider.ready_customer()
    provider.buy(path, provider.line())
    since = f"{provider.world.now():%Y-%m-%d}T00:00:00Z"
    assert post(provider, "agreements", **{"from": since}).json["rank"] == 1
    (template,) = provider.get("/v1/agreements?agreementType=MicrosoftCustomerAgreement")["items"]
    assert template["versionRank"] == 1
    cart = read(provider.call("POST", f"{path}/carts", {"lineItems": [provider.line()]}))
    checkout = f"{path}/carts/{cart['id']}/checkout"
    assert code(provider.call("POST", checkout)) == (403, 13605)
    assert code(provider.call("POST", f"{path}/agreements", agreement())) == (400, 2000)
    now = f"{provider.world.now():%Y-%m-%dT%H:%M:%S}Z"
    assert provider.call("POST", f"{path}/agreements", agreement(now)).status_code == 201
    assert provider.call("POST", checkout).status_code == 201


def test_a_version_of_the_future_asks_nothing_yet(provider: Caller) -> None:
    path = provider.ready_customer()
    later = f"{provider.world.now().year + 1}-01-01T00:00:00Z"
    assert post(provider, "agreements", **{"from": later}).json["rank"] == 0
    provider.buy(path, provider.line())
    provider.http.post("/_sandbox/clock", json={"advance": "P366D"})
    assert code(provider.call("POST", f"{path}/agreements", agreement())) == (400, 2000)
    assert post(provider, "agreements", **{"from": "soon"}).status_code == 400


@pytest.mark.parametrize("is_signed", [True, False])
def test_a_customer_may_sign_at_microsoft_himself(provider: Caller, is_signed: bool) -> None:
    path = f"/v1/customers/{provider.customer()['id']}"
    if is_signed:
        post(provider, "agreements", domain="bakery", signed=True)
    status = provider.get(f"{path}/directSignedMicrosoftCustomerAgreementStatus")
    assert status == {"isSigned": is_signed}
    cart = read(provider.call("POST", f"{path}/carts", {"lineItems": [provider.line()]}))
    wanted = 201 if is_signed else 403
    assert provider.call("POST", f"{path}/carts/{cart['id']}/checkout").status_code == wanted
