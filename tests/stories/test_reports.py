"""Reports with rows, in a real browser: accessible on every screen, sent with the mouse."""

from typing import Any

import pytest

from accounts.models import ReportSchedule
from accounts.services import keep_logo
from panel.reports.catalogue import REPORTS
from subscriptions.models import Subscription
from tests.panel.reports.pictures import png
from tests.panel.reports.test_reports import world
from tests.people import People
from tests.stories.test_look import assert_fine, sign_in

__all__ = ["world"]
pytestmark = [pytest.mark.browser, pytest.mark.full]
PAGES = ["/reports/", "/account/logo/change/", *(f"/reports/{name}/" for name in REPORTS)]


def test_every_report_is_accessible_and_fits(
    page: Any, people: People, world: list[Subscription], live_server: Any
) -> None:
    keep_logo(account=people.northwind.account, content=png(240, 80), by=people.user("owner").by)
    sign_in(page, people, live_server.url)
    page.goto(f"{live_server.url}/reports/licences/?state=ok")
    page.select_option("[name=cadence]", "monthly")
    page.get_by_role("button", name="Send it regularly").click()
    assert "You will be sent a link to this report." in page.content()
    pk = ReportSchedule.objects.get(query="state=ok").pk
    for width, scheme in ((1440, "light"), (390, "dark")):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        page.set_viewport_size({"width": width, "height": 900})
        for path in [*PAGES, f"/reports/sent/{pk}/", "/reports/changes/?month=soon"]:
            page.goto(live_server.url + path)
            assert_fine(page)
