"""The wizard in a real browser by keyboard alone; `tests/walk/` has its steps in every look."""

from typing import Any

import pytest

from panel.first_run import codes, services
from panel.first_run.models import Setup
from tests.people import PASSWORD
from tests.walk import keys
from tests.walk.looks import LOOKS, Window, listen
from tests.walk.pages import Page

pytestmark = [pytest.mark.browser, pytest.mark.full]
SEND = ".main form button.btn-primary"


@pytest.mark.parametrize("language", ["en", "fr"])
def test_set_up_by_keyboard(
    page: Any, live_server: Any, sandbox: Any, settings: Any, language: str
) -> None:
    settings.PORTAL_URL = live_server.url
    cookie = {"name": "django_language", "value": language, "url": live_server.url}
    page.context.add_cookies([cookie])
    window = Window(page, live_server.url, language)
    listen(window)
    setup = services.begin()
    assert setup is not None
    wrong = window.open(Page("code", "nobody", "/setup/"))
    keys.write(page, "#id_code", codes.make_code(setup))
    keys.send(page, SEND)
    wrong += window.open(Page("person", "nobody", "/setup/person/"))
    keys.write(page, "#id_email", "operator@portal.example")
    keys.write(page, "#id_password", PASSWORD)
    keys.write(page, "#id_again", PASSWORD)
    keys.send(page, SEND)
    assert page.url.endswith("/setup/site/")
    keys.write(page, "#id_name", "Contoso Distribution")
    keys.send(page, SEND)
    assert page.url.endswith("/setup/mail/")
    for step in ("site", "mail", "microsoft", "reseller", "zones", "summary"):
        wrong += window.open(Page(step, "operator", f"/setup/{step}/"), LOOKS[:1])
    keys.send(page, SEND)
    assert Setup.open() is None
    assert not wrong
