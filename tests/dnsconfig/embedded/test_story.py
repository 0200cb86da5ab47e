"""A domain configured in an own zone, from the wish to every server: the portal's own, asked."""

from collections.abc import Callable, Iterator

import pytest
from pytest_django import Settings

from common.refusals import Impossible
from dnsconfig import services
from dnsconfig.embedded import services as own
from dnsconfig.embedded import wishes
from dnsconfig.embedded.models import OwnZone
from dnsconfig.embedded.replies import Responder
from dnsconfig.embedded.server import NameServer
from dnsconfig.models import PlanState
from tests.dnsconfig.conftest import ZONE, Scene, open_tenant
from tests.dnsconfig.dns_net import Net, by_zone, refer, serve
from tests.dnsconfig.graph import GraphDomains
from tests.people import Reseller

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def internet(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Net]:
    """The root delegates the zone to the portal's own server."""
    monkeypatch.setattr("dnsconfig.embedded.server.TICK", 0.05)
    root = by_zone(acme_example=refer(f"{ZONE}.", ns1_host_example="127.0.0.2"))
    with serve({"127.0.0.1": root}) as net:
        settings.DNS_ROOTS, settings.DNS_PORT = ["127.0.0.1"], net.port
        server = NameServer(Responder().respond, host="127.0.0.2", port=net.port)
        yield net
        server.stop()


def test_a_domain_in_an_own_zone(
    northwind: Reseller,
    fabrikam: Reseller,
    graph: GraphDomains,
    internet: Net,
    run_journal: Callable[..., int],
) -> None:
    text = "@ A 192.0.2.1\nwww CNAME @"
    wish = wishes.read({"name": ZONE, "name_servers": "ns1.host.example", "zone_text": text})
    zone = own.create_zone(account=northwind.account, wish=wish, by=northwind.users["owner"].by)
    before = {row.record for row in zone.zone.records.all()}

    scene = Scene(open_tenant(northwind, "acme"), graph, None, internet, run_journal)  # type: ignore[arg-type]
    run = scene.prepare()
    assert run.state == PlanState.READY
    run = scene.launch(run)
    assert run.state == PlanState.DONE
    assert [one["missing"] for one in run.published] == [[]]

    stored = OwnZone.objects.get()
    assert before < {row.record for row in stored.records.all()}
    serial = stored.serial
    again = scene.prepare()
    assert again.plan is not None
    assert again.plan.is_empty
    assert OwnZone.objects.get().serial == serial

    with pytest.raises(Impossible, match="in none of your zones"):
        services.prepare(
            tenant=open_tenant(fabrikam, "theirs"),
            domain_name=ZONE,
            services=["Email"],
            by=fabrikam.users["owner"].by,
        )
