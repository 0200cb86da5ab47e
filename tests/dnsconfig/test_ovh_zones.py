"""OVH through python-ovh, signed, against the sandbox; answers over the DNS."""

import pytest

from common.errors import Misconfigured, OutcomeUnknown
from dnsconfig.providers import ZoneProvider, connect
from dnsconfig.records import txt
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

    def test_46_a_lost_answer_is_read_back_and_not_repeated(self) -> None:
        provider = self.make()
        alias = self.wanted()[3]
        fault = {"service": "ovh", "method": "POST", "path": "record", "kind": "drop_after"}
        self.sandbox.post("faults", fault)
        with pytest.raises(OutcomeUnknown):
            self.add(provider, alias)
        assert self.add(self.make(), alias) == ()

    def test_the_export_tells_the_same_as_the_records(self) -> None:
        """A plan made of one is approved, and compared with the other before it is written."""
        zone, texts = "nasty.example", ("a", 'a "b"; c', "x" * 300, "\\(back")
        records = [
            *(("TXT", "", txt(zone, text).target, 0) for text in texts),
            ("SPF", "", "v=spf1 mx -all", 600),
            ("DMARC", "_dmarc", "v=DMARC1; p=none", 0),
            ("DKIM", "S1._domainkey", "v=DKIM1; k=rsa; p=" + "A" * 392, 60),
            ("MX", "", "0 .", 0),
            ("MX", "", "010 Mail", 0),
            ("CNAME", "www", "Web", 0),
            ("CAA", "", '0 issue "ca.example"', 0),
            ("SRV", "_sip._tls", "100 1 443 Sip.Example.", 300),
            ("AAAA", "v6", "2001:DB8:0::1", 0),
            ("A", "*", "192.0.2.1", 0),
        ]
        members = ("fieldType", "subDomain", "target", "ttl")
        bodies = [dict(zip(members, each, strict=True)) for each in records]
        self.sandbox.post("zones", {"name": zone, "records": bodies})
        provider = self.make()
        exported = [r for r in provider.read(zone).records if r.type != "SOA"]
        told = provider.read(zone, names=dict.fromkeys(r.name for r in exported)).records
        assert {(r, r.ttl) for r in exported} == {(r, r.ttl) for r in told}
        assert {r.value for r in exported} >= {txt(zone, text).value for text in texts}

    def test_49_what_ovh_says_of_a_zones_state_is_not_asked(self) -> None:
        """Mere warnings make it *not deployed*; the name servers' answers decide."""
        provider = self.make()
        self.add(provider, *self.wanted())
        provider.refresh(self.zone)
        paths = [call["path"] for call in self.sandbox.get("calls") if call["service"] == "ovh"]
        assert len(paths) > len(self.wanted())
        assert not [path for path in paths if path.endswith("/status")]

    def test_36_planning_takes_three_calls(self) -> None:
        provider = self.make()
        provider.name_servers(self.zone)
        provider.read(self.zone)
        assert len(self.sandbox.get("calls")) == 3
