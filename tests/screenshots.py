"""`make screenshots`: the pictures of the README, taken from a fresh demo in a real Chromium."""

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
from playwright.sync_api import sync_playwright

from tests.stories.browser import ARGUMENTS, CHROMIUM

PICTURES = Path(__file__).resolve().parent.parent / "docs" / "screenshots"
CUSTOMER = {
    "company": "Contoso Bakery",
    "first_name": "Claire",
    "last_name": "Dubois",
    "email": "office@contoso-bakery.example",
    "phone": "+33 1 23 45 67 89",
    "address": "12 rue de la Paix",
    "postal_code": "75002",
    "city": "Paris",
    "agreement_first_name": "Claire",
    "agreement_last_name": "Dubois",
    "agreement_email": "office@contoso-bakery.example",
}
SEATS = {"Microsoft 365 Business Basic": 12, "Microsoft 365 Business Standard": 5}


OWNER, STAFF = "owner@northwind.example", "staff@portal.example"
SERVICE = "/services/contosobakery.onmicrosoft.com/"
PLACES = {
    "home": "/home/",
    "subscriptions": "/subscriptions/",
    "calendar": "/calendar/",
    "notifications": "/notifications/",
    "report": "/reports/licences/",
    "audit": "/audit/",
    "members": "/members/",
    "mpn-ids": "/account/mpn-ids/board/",
    "service": SERVICE,
}
OF_STAFF = {"staff": "/admin/", "staff-operations": "/admin/journal/operation/",
            "staff-health": "/staff/health/"}  # fmt: skip


def main() -> None:
    """Every picture: English on a desk, then French, dark, and on a phone."""
    with demo() as (base, told), sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        people = {who: told["users"][who]["password"] for who in (OWNER, STAFF)}
        page = signed_in(chromium, base, OWNER, people[OWNER])
        order(page, base)
        configure(page, base)
        change_seats(page, base)
        visit(page, base, PLACES)
        page.keyboard.press("Control+k")
        page.keyboard.type("contoso")
        picture(page, "palette", whole=False)
        staff = signed_in(chromium, base, STAFF, people[STAFF])
        visit(staff, base, OF_STAFF)
        speak_french(page, base)
        visit(page, base, {"home-fr": "/home/", "service-fr": SERVICE})
        dark = signed_in(chromium, base, OWNER, people[OWNER], color_scheme="dark")
        visit(dark, base, {"service-dark": SERVICE})
        small = {"viewport": {"width": 390, "height": 844}}
        phone = signed_in(chromium, base, OWNER, people[OWNER], **small)
        visit(phone, base, {"home-phone": "/home/", "subscriptions-phone": "/subscriptions/"})
        chromium.close()


def signed_in(chromium: Any, base: str, who: str, password: str, **look: Any) -> Any:
    """A page at 1440 px, unless the look says otherwise, of this person."""
    look = {"viewport": {"width": 1440, "height": 900}, "locale": "en-GB", **look}
    page = chromium.new_page(**look, reduced_motion="reduce")
    page.set_default_timeout(60_000)
    page.goto(f"{base}/sign-in/login/")
    page.fill("input[type=email]", who)
    page.fill("input[type=password]", password)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/sign-in/" not in url)
    return page


def order(page: Any, base: str) -> None:
    page.goto(f"{base}/orders/new/")
    for name, text in CUSTOMER.items():
        page.fill(f"#id_{name}", text)
    page.check("#id_agreed")
    for name, seats in SEATS.items():
        row = page.locator("tr[data-line]").filter(has=page.get_by_text(name, exact=True))
        row.locator("input[type=number]").fill(str(seats))
    picture(page, "order")
    page.click("button[name=step][value=review]")
    page.locator("button[name=step][value=order]").wait_for()
    picture(page, "review")
    page.click("button[name=step][value=order]")
    page.wait_for_url("**/orders/*/")
    page.get_by_role("link", name="Open the service").wait_for()
    picture(page, "progress")
    page.get_by_role("link", name="Open the service").click()


def configure(page: Any, base: str) -> None:
    page.select_option("select[name=domain]", "contoso-bakery.example")
    for service in ("Email", "OfficeCommunicationsOnline", "Intune"):
        page.check(f"input[name=services][value={service}]")
    page.get_by_role("button", name="Launch configuration").click()
    launch = page.locator("form[action*=launch] button").first
    launch.wait_for()
    picture(page, "domain-plan")
    launch.click()
    page.get_by_text("9 of 9").nth(1).wait_for()
    picture(page, "domain")


def change_seats(page: Any, base: str) -> None:
    page.goto(f"{base}{SERVICE}")
    page.get_by_role("link", name="Change the number of licences").first.click()
    page.fill("input[name=quantity]", "15")
    page.get_by_role("button", name="Show what it does").click()
    page.get_by_role("heading", name="What it does").wait_for()
    picture(page, "seats", whole=False)


def visit(page: Any, base: str, places: dict[str, str]) -> None:
    for name, path in places.items():
        page.goto(f"{base}{path}")
        picture(page, name)


def speak_french(page: Any, base: str) -> None:
    page.goto(f"{base}/home/")
    page.click("[popovertarget=look]")
    page.click("button[name=language][value=fr]")
    page.wait_for_load_state()


def picture(page: Any, name: str, whole: bool = True) -> None:
    page.evaluate("window.scrollTo(0, 0)")
    page.wait_for_timeout(300)
    page.screenshot(path=str(PICTURES / f"{name}.png"), full_page=whole)


@contextmanager
def demo() -> Iterator[tuple[str, dict[str, Any]]]:
    """A fresh installation on free ports: its address and its `demo.json`."""
    with tempfile.TemporaryDirectory(prefix="portal-pictures-") as home:
        names = (
            *("PORT", "SANDBOX_PORT", "SANDBOX_DNS_PORT", "SANDBOX_SMTP_PORT", "ZONES_DNS_PORT"),
        )
        ports = {name: str(free_port()) for name in names}
        launcher = subprocess.Popen(
            [sys.executable, "-m", "reseller_portal.launcher", "run"],
            env={**os.environ, **ports, "PORTAL_HOME": home},
        )
        try:
            base = f"http://127.0.0.1:{ports['PORT']}"
            wait_for(base)
            yield base, json.loads((Path(home) / "demo.json").read_text())
        finally:
            launcher.send_signal(signal.SIGINT)
            launcher.wait(30)


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def wait_for(base: str) -> None:
    for _try in range(600):
        try:
            if httpx.get(f"{base}/health/ready", timeout=2).status_code == 200:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.2)
    raise TimeoutError(base)


if __name__ == "__main__":
    main()
