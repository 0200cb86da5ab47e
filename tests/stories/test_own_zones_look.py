"""The pages of own zones in a real browser: accessible, and as wide as the screen."""

from typing import Any

import pytest

from tests.dnsconfig.embedded.conftest import ZONE, open_zone, record
from tests.people import People
from tests.stories.test_look import assert_fine, sign_in

pytestmark = pytest.mark.browser


@pytest.mark.full
@pytest.mark.parametrize("width", [1440, 390])
def test_own_zones_are_accessible_and_fit(
    page: Any, people: People, live_server: Any, width: int
) -> None:
    long = record("long", "TXT", '"' + "x" * 250 + '"')
    zone = open_zone(people.northwind, long, secondaries=["192.0.2.1"], tsig_name="key")
    row = zone.records.get()
    page.set_viewport_size({"width": width, "height": 900})
    sign_in(page, people, live_server.url)
    here = f"/account/own-zones/{ZONE}/"
    for path in (
        "/account/own-zones/",
        "/account/own-zones/new/",
        here,
        f"{here}settings/",
        f"{here}delete/",
        f"{here}records/{row.pk}/remove/",
    ):
        page.goto(live_server.url + path)
        assert_fine(page)
