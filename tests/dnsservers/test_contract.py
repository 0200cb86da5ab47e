"""The contract of zone providers at real name servers."""

import dns.rdatatype
import pytest

from dnsconfig.providers import ZoneProvider
from dnsconfig.records import of_rdata
from tests.contracts.zone_provider import ZoneProviderContract
from tests.dnsservers.servers import DnsServer


class TestEveryServer(ZoneProviderContract):
    @pytest.fixture(autouse=True)
    def _server(self, server: DnsServer) -> None:
        self.server, self.zone = server, server.take()

    def make(self) -> ZoneProvider:
        return self.server.open(self.zone)

    def served(self, name: str, kind: str) -> set[str]:
        wanted = dns.rdatatype.from_text(kind)
        answer = self.server.ask(name, kind).answer
        return {of_rdata(name, r).value for s in answer if s.rdtype == wanted for r in s}
