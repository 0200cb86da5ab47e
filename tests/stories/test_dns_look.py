"""The page of a DNS plan in a real browser: accessible, as wide as the screen, in both looks."""

from typing import Any

import pytest

from dnsconfig import clouds, plan
from dnsconfig.edits import Edit
from dnsconfig.models import DnsPlan, Domain, PlanState, ZoneConnection
from dnsconfig.plan import Way
from dnsconfig.records import Snapshot, mx, txt
from tests.dnsconfig.conftest import open_tenant
from tests.people import People
from tests.stories.test_look import assert_fine, sign_in

pytestmark = pytest.mark.browser
ZONE = "a-rather-long-name-of-a-bakery.example"


def planned(people: People, name: str = "bakery") -> list[DnsPlan]:
    """A run that waits for decisions, and one that is done and can be undone."""
    tenant = open_tenant(people.northwind, name)
    connection = ZoneConnection.objects.create(
        account=tenant.account, provider="by_hand", label="Elsewhere", zones=[ZONE], keys={}
    )
    domain = Domain.objects.create(tenant=tenant, connection=connection, name=ZONE, zone=ZONE)
    existing = Snapshot.of(ZONE, [mx(ZONE, 10, "mx.other.example"), txt(ZONE, "v=spf1 mx -all")])
    services = ["Email", "OfficeCommunicationsOnline", "Intune"]
    wanted = [mx(ZONE, 0, f"{'bakery' * 6}.o-v1.mx.microsoft")]
    made = plan.make(
        wanted=[*wanted, *clouds.likely(domain=ZONE, services=services, cloud="worldwide")],
        existing=existing,
    )
    done = made.decide({f"MX {ZONE}": Way.REPLACE})
    common = {"domain": domain, "services": services, "by_label": "operator@northwind.example"}
    seen = {"server": "ns1.other.example", "addresses": [], "expected": 9, "missing": []}
    return [
        DnsPlan.objects.create(
            **common,
            state=PlanState.DONE,
            content=done.to_json(),
            applied=done.edit.to_json(),
            written=[
                {"record": r.to_json(), "outcome": "written", "is_removal": gone}
                for r, gone in done.edit.in_order()
            ],
            published=[{**seen, "errors": []}],
        ),
        DnsPlan.objects.create(
            **common,
            state=PlanState.CONFLICT,
            content=made.to_json(),
            by_hand=Edit(adds=tuple(wanted)).to_json(),
        ),
    ]


@pytest.mark.full
@pytest.mark.parametrize(("width", "scheme"), [(390, "dark")])
def test_plans_and_hosts_are_accessible_and_fit(
    page: Any, people: People, live_server: Any, width: int, scheme: str
) -> None:
    runs = planned(people)
    service = f"/services/{runs[0].domain.tenant.service_name}"
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.set_viewport_size({"width": width, "height": 900})
    sign_in(page, people, live_server.url)
    paths = [run.get_absolute_url() for run in runs]
    paths += [f"{service}/domains/", f"{service}/mpn-id/", "/account/zones/?provider=rfc2136"]
    paths += [f"/account/zones/{runs[0].domain.connection_id}/keys/"]
    for path in paths:
        page.goto(live_server.url + path)
        assert_fine(page)
