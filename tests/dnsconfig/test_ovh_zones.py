"""OVH through python-ovh, signed, against the sandbox; answers over the DNS."""

import pytest

from common.errors import Misconfigured, OutcomeUnknown
from dnsconfig.providers import ZoneProvider, connect
from dnsconfig.resolver import configured
from tests.contracts.zone_provider import ZoneProviderContract
from tests.dnsconfig.ovh_keys import KEYS
from tests.sandbox_fixture import LiveSandbox


class TestOvhZones(ZoneProviderContract):
    zone = "northwind-customer.example"

    @pytest.fixture(autouse=True)
    def _sandbox(self, live_sandbox: LiveSandbox) -> None:
        self.sandbox = live_sandbox

    def make(self) -> ZoneProvider:
        return connect("ovh", KEYS)

    def served(self, name: str, kind: str) -> set[str]:
        return {record.value for record in configured().lookup(name, kind).of(kind)}

    def test_the_zones_of_another_reseller_are_not_seen(self) -> None:
        other = connect("ovh", {**KEYS, "consumer_key": "sandboxConsumerKeyFabrikam00000002"})
        assert self.zone not in other.zones()

    def test_a_wrong_key_is_the_operators_business(self) -> None:
        with pytest.raises(Misconfigured):
            connect("ovh", {**KEYS, "consumer_key": "nonsense"}).zones()

    def test_a_lost_answer_is_read_back_and_not_repeated(self) -> None:
        provider = self.make()
        alias = self.wanted()[3]
        fault = {"service": "ovh", "method": "POST", "path": "record", "kind": "drop_after"}
        self.sandbox.post("faults", fault)
        with pytest.raises(OutcomeUnknown):
            self.add(provider, alias)
        assert self.add(self.make(), alias) == ()
