"""Own zones keep the contract that every host of zones keeps; the real server answers."""

import pytest

from common.errors import Misconfigured, NotFound
from dnsconfig.providers import ZoneProvider, connect
from dnsconfig.records import of_rdata
from tests.contracts.zone_provider import ZoneProviderContract
from tests.dnsconfig.embedded.conftest import ZONE, Ask, open_zone, provider_of, record
from tests.people import Reseller


class TestEmbeddedZones(ZoneProviderContract):
    zone = ZONE

    @pytest.fixture(autouse=True)
    def _zone(self, ask: Ask, northwind: Reseller) -> None:
        self.ask, self.owner = ask, northwind
        open_zone(northwind, record("", "A", "192.0.2.1"))

    def make(self) -> ZoneProvider:
        return provider_of(self.owner)

    def served(self, name: str, kind: str) -> set[str]:
        answer = self.ask(name, kind).answer
        return {of_rdata(name, rdata).value for rrset in answer for rdata in rrset}


def test_another_account_sees_nothing(northwind: Reseller, fabrikam: Reseller) -> None:
    open_zone(northwind)
    stranger = provider_of(fabrikam)
    assert stranger.zones() == []
    for ask in (stranger.read, stranger.name_servers, stranger.refresh):
        with pytest.raises(NotFound):
            ask(ZONE)


@pytest.mark.parametrize("account", ["", "²", "-1", "1 or 1=1"])
def test_keys_without_an_account_open_nothing(account: str) -> None:
    with pytest.raises(Misconfigured):
        connect("embedded", {"account": account})
