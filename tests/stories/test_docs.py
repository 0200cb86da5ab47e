"""The pages of the REST API in a real browser, under the portal's own content policy."""

from typing import Any

import pytest


@pytest.mark.browser
def test_swagger_ui_shows_the_calls(db: None, page: Any, live_server: Any) -> None:
    page.goto(f"{live_server.url}/api/docs/")
    page.locator(".opblock-summary-path", has_text="/api/v1/orders").first.wait_for()
    assert page.locator(".opblock").count() > 25
