"""Every printed exchange through the client: it asks what is printed, and loses no member."""

import json
from typing import Any
from urllib.parse import unquote

import httpx
import pytest

from common.errors import Busy, RemoteError
from partnercenter.types import AddressCheck, SubscriptionChange
from partnercenter.wire import load
from tests.exchanges.calls import CALLS, NOT_REPLAYED, UNNAMED, raw
from tests.exchanges.examples import NEEDED, Exchange, camel, exchanges
from tests.exchanges.same import invented, is_same_path, lost, missing, objects, values
from tests.partnercenter.microsoft import Microsoft

pytestmark = NEEDED

AZURE = "a reservation of Azure, which this portal does not sell"
SDK = "set by Microsoft; the vendor's library sends it back"
UNSENT = {
    "carts/create-multi": {
        "lineItems.1.provisioningContext.subscriptionId": AZURE,
        "lineItems.1.provisioningContext.scope": AZURE,
        "lineItems.2.provisioningContext.subscriptionId": AZURE,
        "lineItems.2.provisioningContext.scope": AZURE,
    },
    "carts/update": {
        "id": "the page prints another cart's id in the body than in the address",
        "creationTimestamp": SDK,
        "lastModifiedTimestamp": SDK,
        "expirationTimestamp": SDK,
        "lastModifiedUser": SDK,
        "lineItems.0.provisioningContext.subscriptionId": AZURE,
        "lineItems.0.provisioningContext.scope": AZURE,
        "lineItems.0.provisioningContext.duration": AZURE,
    },
    "customers/create-direct": {
        "enableGDAPByDefault": "GDAP is asked for by itself, with the roles that are needed",
    },
    "customers/create-for-indirect-reseller": {
        "companyProfile.attributes.objectType": "nothing but the type that the address says",
        "billingProfile.attributes.objectType": "nothing but the type that the address says",
        "relationshipToPartner": "a new customer's relationship is Microsoft's to tell",
        "attributes.objectType": "nothing but the type that the address says",
    },
    "graph/domain-update": {"isDefault": "the default domain stays the customer's choice"},
    "graph/gdap-create": {"customer.displayName": "Microsoft knows the customer's name"},
    "subscriptions/patch-scheduled-change": {
        "scheduledNextTermInstructions.customTermEndDate": "a day; the page prints a time of it",
    },
    "users/create": {"immutableId": "only for directories that are synchronised"},
}
"""Printed members that the client does not send, with the reason."""

OUR_WORDS = {
    "LineError.message",  # our sentence for a known code
    "PriceRow.starts_at",  # the sheet writes dates the American way
    "PriceRow.ends_at",
}
"""Fields that are ours to word."""


def replayed() -> list[Any]:
    found = [exchange for exchange in exchanges().values() if exchange.id not in NOT_REPLAYED]
    return [pytest.param(exchange, id=exchange.id) for exchange in found]


def test_the_table_names_every_exchange_once() -> None:
    named = [*CALLS, *UNNAMED, *NOT_REPLAYED]
    assert sorted(named) == sorted(exchanges())


def replay(exchange: Exchange) -> tuple[Any, httpx.Request | None]:
    """What the client made of the exchange (or raised), and what it asked."""
    microsoft = Microsoft(exchange.response())
    try:
        found = CALLS.get(exchange.id, raw)(microsoft.client(), exchange)
    except RemoteError as error:
        found = error
    return found, microsoft.asked[0] if microsoft.asked else None


@pytest.mark.parametrize("exchange", replayed())
def test_it_asks_what_is_printed(exchange: Exchange) -> None:
    _, asked = replay(exchange)
    if exchange.is_event:
        assert asked is None
        return
    assert asked is not None
    assert asked.method == exchange.method
    path = asked.url.path.removeprefix("/v1.0") if exchange.service == "graph" else asked.url.path
    assert is_same_path(unquote(exchange.path), unquote(path)), path
    sent = {name.lower(): value for name, value in asked.url.params.items()}
    printed = {name.lower(): value for name, value in exchange.query.items()}
    assert {name: sent.get(name) for name in printed} == printed
    body = camel(load(asked.content)) if asked.content else None
    assert set(missing(exchange.body, body)) == set(UNSENT.get(exchange.id, ()))
    for name in ("Authorization", "Accept", "MS-RequestId", "MS-CorrelationId", "X-Locale"):
        assert asked.headers[name]


@pytest.mark.parametrize("exchange", replayed())
def test_it_loses_no_member(exchange: Exchange) -> None:
    found, _ = replay(exchange)
    printed = exchange.body if exchange.is_event else exchange.answer
    if exchange.status >= 400:
        assert_refusal(found, exchange)
    elif exchange.status == 202:
        assert found.is_pending
        assert found.location == exchange.headers["Location"]
    else:
        assert not isinstance(found, RemoteError)
        assert_whole(found, printed)


def assert_refusal(found: Any, exchange: Exchange) -> None:
    told = exchange.answer
    if told is None:  # HEAD: free
        assert found is False
    elif isinstance(found, AddressCheck):
        assert not found.is_good
        assert found.suggestions
    else:
        assert isinstance(found, RemoteError)
        code = told.get("code", told.get("statusCode"))
        assert found.code == str(code)
        said = told.get("description") or told["message"]
        assert said.replace("\n", " ")[:40] in f"{found.message} {found.detail}"
        if exchange.status == 429:
            assert isinstance(found, Busy)
            assert found.retry_after == float(exchange.headers["Retry-After"])


def assert_whole(found: Any, printed: Any) -> None:
    """Its own members are those printed, wherever there is a type; the fields carry them."""
    body = camel(load(json.dumps(printed).encode()))
    known = list(values(found))
    if isinstance(found, SubscriptionChange):
        known = list(values(found.subscription))
    for value in known:
        assert list(lost(value)) == []
        assert [told for told in invented(value) if told.split(":")[0] not in OUR_WORDS] == []
    if isinstance(found, str | bool):
        said = [str(leaf) for each in objects(body) for leaf in each.values()]
        assert str(found) in said or found is True
    elif not known:  # raw, texts, or a write that is not answered with anything of use
        assert found in (body, None)
    elif "csv" not in body:
        assert_same_objects([dict(value.members) for value in known if value.members], body)


def assert_same_objects(kept: list[dict[str, Any]], body: Any) -> None:
    """Nothing in the values that was not printed; every printed item in some value."""
    there = list(objects(body))
    assert all(each in there or each in map(_without_credentials, there) for each in kept)
    tops = body if isinstance(body, list) else [body]
    assert all(item in kept for top in tops for item in _items_of(top))


def _without_credentials(printed: dict[str, Any]) -> dict[str, Any]:
    """A created customer may be kept; the administrator's password may not."""
    return {name: value for name, value in printed.items() if name != "userCredentials"}


def _items_of(top: dict[str, Any]) -> list[Any]:
    """What a collection holds; else the object itself."""
    for name in ("items", "value", "validationResults", "orders"):
        if isinstance(top.get(name), list):
            return list(top[name])
    return [top]
