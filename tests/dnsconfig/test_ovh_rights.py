"""What a consumer key may do is known before the first write."""

from collections.abc import Iterator
from typing import Any

import pytest

from common.errors import Busy, Misconfigured
from dnsconfig.providers import ZoneProvider, connect
from dnsconfig.providers.ovh import OvhZones
from dnsconfig.providers.ovh_rights import missing
from tests.dnsconfig.ovh_keys import KEYS
from tests.dnsconfig.scripted import Script, scripted
from tests.sandbox_fixture import LiveSandbox

ZONE = "northwind-customer.example"
BAKERY = "contoso-bakery.example"
PATH = "/domain/zone/example.com"
WRITES = ["POST /record", "PUT /record/{id}", "DELETE /record/{id}", "POST /refresh"]


def with_key(key: str) -> ZoneProvider:
    return connect("ovh", {**KEYS, "consumer_key": key})


def below(zone: str, *rights: str) -> tuple[str, ...]:
    return tuple(right.replace(" ", f" /domain/zone/{zone}") for right in rights)


def test_a_key_that_may_only_read(live_sandbox: LiveSandbox) -> None:
    key = with_key("sandboxConsumerKeyReadOnly00000003")
    assert key.missing_rights(ZONE) == below(ZONE, *WRITES)


def test_48_a_key_without_the_refresh_names_it_before_and_when_it_is_refused(
    live_sandbox: LiveSandbox,
) -> None:
    """Item 48: a zone that is written and never served."""
    key = with_key("sandboxConsumerKeyNoRefresh0000004")
    assert key.missing_rights(ZONE) == (f"POST /domain/zone/{ZONE}/refresh",)
    with pytest.raises(Misconfigured, match=f"POST /domain/zone/{ZONE}/refresh"):
        key.refresh(ZONE)


def test_a_key_that_may_not_ask_does_not_tell(live_sandbox: LiveSandbox) -> None:
    assert with_key("sandboxConsumerKeyOneZone000000005").missing_rights(BAKERY) == ()


def test_51_an_expired_key_is_the_operators_business(live_sandbox: LiveSandbox) -> None:
    """Item 51."""
    key = with_key("sandboxConsumerKeyExpired000000006")
    for ask in (key.zones, lambda: key.missing_rights(ZONE), lambda: key.read(ZONE)):
        with pytest.raises(Misconfigured, match="not valid"):
            ask()


def test_48_one_refresh_at_a_time_is_tried_again(live_sandbox: LiveSandbox) -> None:
    live_sandbox.post("delays", {"zone_refresh": 60})
    key = connect("ovh", KEYS)
    key.refresh(ZONE)
    with pytest.raises(Busy):
        key.refresh(ZONE)


ALL = ("GET", "POST", "PUT", "DELETE")


@pytest.mark.parametrize(
    ("rules", "lacking"),
    [
        ([(method, "/*") for method in ALL], []),
        ([(method, "*") for method in ALL], []),
        ([(method, "/domain/zone/*") for method in ALL], []),
        ([(method, f"{PATH}*") for method in ALL], []),
        ([(method, f"{PATH}/*") for method in ALL], ["GET "]),
        ([(method, "/domain/zone/other.example*") for method in ALL], ["GET ", *WRITES]),
        ([("GET", "/*")], WRITES),
        ([], ["GET ", *WRITES]),
    ],
)
def test_rules_and_their_wildcards(rules: list[tuple[str, str]], lacking: list[str]) -> None:
    told = missing([{"method": method, "path": path} for method, path in rules], PATH)
    for right in lacking:
        assert right.replace(" ", f" {PATH}") in told
    assert bool(told) == bool(lacking)


@pytest.fixture
def script() -> Iterator[Script]:
    with scripted() as one:
        yield one


def scripted_zones(script: Script) -> OvhZones:
    keys = {"application_key": "ak", "application_secret": "as", "consumer_key": "ck"}
    return OvhZones(keys=keys, endpoint=script.url, timeout=(0.5, 0.5))


@pytest.mark.parametrize("status", ["expired", "pendingValidation", "refused"])
def test_a_key_that_is_not_valid(script: Script, status: str) -> None:
    script.then(200, {"status": status, "rules": [{"method": "GET", "path": "/*"}]})
    with pytest.raises(Misconfigured, match=status):
        scripted_zones(script).missing_rights("example.com")


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (404, {"class": "Client::NotFound", "message": "Got an invalid (or empty) URL"}),
        (400, {"class": "Client::BadRequest", "message": "no credential in this session"}),
        (403, {"class": "Client::Forbidden", "message": "User not granted for this request"}),
    ],
)
def test_accounts_with_policies_do_not_tell(script: Script, status: int, body: Any) -> None:
    script.then(status, body)
    assert scripted_zones(script).missing_rights("example.com") == ()


def test_whether_a_key_has_rights_is_not_guessed_when_ovh_is_away(script: Script) -> None:
    script.then(500, {"message": "Internal server error"})
    with pytest.raises(Busy):
        scripted_zones(script).missing_rights("example.com")
