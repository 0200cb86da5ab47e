"""A zone of 10,000 records is one transfer."""

import pytest

from dnsconfig.edits import Edit
from dnsconfig.providers import Outcome
from dnsconfig.records import cname
from tests.dnsservers.servers import BIG, DnsServer, content


@pytest.mark.full
def test_ten_thousand_records_are_read_and_written(server: DnsServer) -> None:
    if server.kind == "signed_bind":
        pytest.skip("signing them all would take longer than it tells")
    provider = server.open(BIG)
    before = provider.read(BIG)
    assert len(before.records) == 10_000
    edit = Edit(adds=(cname(f"autodiscover.{BIG}", "autodiscover.outlook.com"),))
    stored = provider.read(BIG, names=edit.names)
    (told,) = provider.write(BIG, edit, stored=stored)
    assert told.outcome is Outcome.WRITTEN
    provider.write(BIG, edit.inverse, stored=provider.read(BIG, names=edit.names))
    assert content(provider.read(BIG)) == content(before)
