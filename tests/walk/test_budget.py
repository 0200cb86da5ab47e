"""What the first page costs, from the production server with its compressed files."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from orders import services as orders
from tests.orders import wishes
from tests.people import People
from tests.sandbox_fixture import LiveSandbox
from tests.stories.house import opened
from tests.stories.test_look import sign_in
from tests.walk.looks import WATCH

pytestmark = [pytest.mark.browser, pytest.mark.full]

LIMIT = 150_000
"""Bytes on the wire, headers included, with nothing in the browser's cache."""
COMPRESSED = "whitenoise.storage.CompressedManifestStaticFilesStorage"


OTHERS = ("admin", "drf_spectacular_sidecar", "rest_framework")
"""Files of libraries that the home page does not ask for; compressing them takes long."""


def collect(folder: Path) -> dict[str, str]:
    settings = {"STATIC_ROOT": str(folder), "STATICFILES_BACKEND": COMPRESSED}
    command = [sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity", "0"]
    command += [f"--ignore={name}" for name in OTHERS]
    subprocess.run(command, env=os.environ | settings, check=True)
    return settings


def test_the_first_page_is_small_and_stands_still(
    transactional_db: None,
    people: People,
    live_sandbox: LiveSandbox,
    page: Any,
    tmp_path: Path,
) -> None:
    settings = collect(tmp_path / "static")
    with opened(live_sandbox, tmp_path, **settings) as house:
        url = house.web()
        session = people.owner.cookies["sessionid"].value
        page.context.add_cookies([{"name": "sessionid", "value": session, "url": url}])
        sizes: list[int] = []
        hosts: set[str] = set()
        wire = page.context.new_cdp_session(page)
        wire.send("Network.enable")
        wire.on("Network.loadingFinished", lambda done: sizes.append(done["encodedDataLength"]))
        page.on("request", lambda asked: hosts.add(urlsplit(asked.url).netloc))
        page.add_init_script(WATCH)
        page.goto(f"{url}/home/", wait_until="networkidle")
        assert page.is_visible("#menu")
        assert page.evaluate("window.moved") == []
        assert hosts <= {urlsplit(url).netloc, ""}  # the second: what stands in the style sheet
        assert len(sizes) >= 5
        assert 20_000 < sum(sizes) < LIMIT


PLACES = """() => [...document.querySelectorAll('.step-title > :first-child, main h2')]
    .map((part) => part.textContent + ' ' + Math.round(part.getBoundingClientRect().top))"""


def test_an_order_under_way_stands_still(
    page: Any, people: People, sandbox: Any, run_journal: Any, live_server: Any
) -> None:
    """Its steps are fetched again and again; what somebody reads stays where it is."""
    shop = people.northwind
    wishes.fetch_catalogue(shop.account, run_journal)
    basic = wishes.licence(shop.account, "Microsoft 365 Business Basic")
    actor = wishes.actor(shop.account, shop.users["owner"])
    wish = wishes.platform(shop.partner_id.pk, wishes.line(basic, 3))
    order = orders.order_platform(actor=actor, wish=wish)
    sign_in(page, people, live_server.url)
    page.add_init_script(WATCH)
    page.goto(live_server.url + order.get_absolute_url())
    before = page.evaluate(PLACES)
    with page.expect_response(lambda answer: "hx" in str(answer.request.headers).lower()):
        run_journal(skip_pauses=True)
    page.wait_for_selector("#progress [aria-current=step]", state="detached")
    page.wait_for_timeout(500)
    assert page.evaluate("window.moved") == []
    assert len(before) > 5
    assert page.evaluate(PLACES) == before  # what is swapped is new, and counts as not moved
