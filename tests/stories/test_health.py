"""The health of a domain in a real browser: accessible, on every screen, in both looks."""

from dataclasses import replace
from typing import Any

import pytest
from django.utils.timezone import now

from dnsconfig.health import checks, services
from dnsconfig.models import Domain, ZoneConnection
from tests.dnsconfig.conftest import open_tenant
from tests.dnsconfig.health.domains import DOMAIN, good, with_answer
from tests.people import People
from tests.stories.test_look import assert_fine, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.full]


LOOKS = [(390, "light"), (1440, "light"), (1440, "dark")]


@pytest.fixture
def domain(people: People) -> Domain:
    """Looked at twelve times; mail is gone since the last."""
    connection = ZoneConnection.objects.create(
        account=people.northwind.account, provider="ovh", label="OVH", zones=[DOMAIN], keys={}
    )
    domain = Domain.objects.create(
        tenant=open_tenant(people.northwind, "acme"),
        connection=connection,
        name=DOMAIN,
        zone=DOMAIN,
        services=list(good().services),
        configured_at=now(),
    )
    no_policy = with_answer(good(), f"_dmarc.{DOMAIN}", "TXT")
    silent = replace(no_policy, seen=None)
    for facts in [*[no_policy] * 10, silent, with_answer(silent, DOMAIN, "MX")]:
        services.keep(domain=domain, results=checks.run(facts), at=now())
    return domain


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_score_checks_and_history(
    page: Any, people: People, domain: Domain, live_server: Any, width: int, scheme: str
) -> None:
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.set_viewport_size({"width": width, "height": 900})
    sign_in(page, people, live_server.url)
    page.goto(live_server.url + "/account/domains/health/")
    assert_fine(page)
    page.click(f"text={DOMAIN}")
    assert_fine(page)
    assert page.inner_text("h1") == f"Health of {DOMAIN}"
    first = page.inner_text("tbody tr >> nth=0")
    assert "no MX record" in first, "the worst comes first"
    page.click("text=Check now")
    assert_fine(page)
    assert page.is_visible("text=The name servers are being asked.")
