"""The port's smallest provider keeps the contract that OVH keeps."""

import pytest

from common.errors import Misconfigured
from dnsconfig.providers import ZoneProvider
from dnsconfig.records import of_text
from tests.contracts.zone_provider import ZoneProviderContract
from tests.dnsconfig.memory import Host, MemoryZones

ZONE = "acme.example"


class TestMemoryZones(ZoneProviderContract):
    zone = ZONE

    @pytest.fixture(autouse=True)
    def _host(self) -> None:
        self.host = Host()
        self.host.plant(ZONE, of_text(ZONE, "A", "192.0.2.1", origin=ZONE))

    def make(self) -> ZoneProvider:
        return MemoryZones(keys={"password": "opensesame"}, host=self.host)

    def served(self, name: str, kind: str) -> set[str]:
        found = self.host.served[ZONE]
        return {r.value for r in found if (r.name, r.type) == (name, kind)}

    def test_wrong_keys_are_the_operators_business(self) -> None:
        with pytest.raises(Misconfigured):
            MemoryZones(keys={}, host=self.host).zones()
