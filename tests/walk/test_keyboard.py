"""The main jobs without a mouse."""

import re
from typing import Any

import pytest

from dnsconfig.models import DnsPlan, PlanState
from orders.models import Order
from subscriptions.models import Subscription
from tenants.models import Tenant
from tests.orders.wishes import CONTACT, licence
from tests.people import PASSWORD, People
from tests.stories.test_look import sign_in
from tests.walk.keys import press, reach, send, write
from tests.walk.pages import Page

pytestmark = [pytest.mark.browser, pytest.mark.full]


@pytest.fixture
def window(page: Any, people: People, pages: list[Page], live_server: Any) -> Any:
    """The owner's, at a service that stands at Microsoft."""
    sign_in(page, people, live_server.url)
    return page


def test_sign_in_order_and_confirm(
    page: Any,
    people: People,
    pages: list[Page],
    live_server: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("orders.remote.checks.resolver.accepts_mail", lambda _domain: True)
    page.goto(live_server.url)
    write(page, "#id_login", "owner@northwind.example")
    write(page, "#id_password", PASSWORD)
    send(page, "#id_password")
    send(page, "#menu a[href='/orders/new/']")
    for name in ("company", "first_name", "last_name", "email", "phone", "address", "postal_code"):
        write(page, f"#id_{name}", CONTACT[name])
    write(page, "#id_city", CONTACT["city"])
    press(page, "#id_own_subdomain", "Space")
    write(page, "#id_subdomain", "keyboardbakery")
    write(page, "#id_agreement_first_name", "Claire")
    write(page, "#id_agreement_last_name", "Dubois")
    write(page, "#id_agreement_email", CONTACT["email"])
    press(page, "#id_agreed", "Space")
    basic = licence(people.northwind.account, "Microsoft 365 Business Basic")
    write(page, f"#id_quantity_{basic.pk}", "2")
    send(page, "button[value=review]")
    send(page, "button[name=step][value=order]")
    assert re.search(r"/orders/\d+/", page.url)
    assert Order.objects.latest("pk").total > 0
    assert Tenant.objects.filter(service_name="keyboardbakery.onmicrosoft.com").exists()


def test_change_the_seats(window: Any, live_server: Any) -> None:
    bought = Subscription.objects.latest("pk")
    window.goto(live_server.url + bought.get_absolute_url())
    press(window, f"main a[href='/subscriptions/{bought.pk}/seats/']")
    window.wait_for_selector("#dialog[open]")
    write(window, "#id_quantity", "5")
    press(window, "#id_quantity")
    window.wait_for_selector("#dialog-outcome:not([inert]) button[name=confirm]")
    send(window, "button[name=confirm]")
    assert bought.tenant.display_name in window.inner_text("h1")


def test_decide_about_a_record(window: Any, live_server: Any) -> None:
    run = DnsPlan.objects.get(state=PlanState.CONFLICT)
    window.goto(live_server.url + run.get_absolute_url())
    press(window, "input[type=radio][name^='way:']", "ArrowDown")
    send(window, "button[form=decisions]")
    run.refresh_from_db()
    assert run.state != PlanState.CONFLICT


def test_menus_dialogs_and_the_way_to_the_content(
    page: Any, people: People, live_server: Any
) -> None:
    session = people.staff.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    page.goto(live_server.url + "/styleguide/")
    page.keyboard.press("Tab")
    assert page.locator(".skip-link").evaluate("(link) => link.getBoundingClientRect().top >= 0")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.goto(live_server.url + "/styleguide/")
    for opener, opened in (
        ("[popovertarget=look]", "#look"),
        ("[popovertarget=me]", "#me"),
        ("[commandfor=example][command=show-modal]", "#example"),
    ):
        press(page, opener)
        assert page.is_visible(opened)
        page.keyboard.press("Escape")
        assert not page.is_visible(opened)
        assert page.evaluate("(it) => document.activeElement.matches(it)", opener)


def test_what_is_wrong_has_the_focus(window: Any, live_server: Any) -> None:
    window.goto(live_server.url + "/account/members/")
    write(window, "#id_email", "owner@northwind.example")
    send(window, "#id_email")
    window.wait_for_function("document.activeElement.matches('[aria-invalid]')")
    focused = "document.activeElement.getAttribute('aria-invalid')"
    assert window.evaluate(focused) == "true"
    assert window.input_value("#id_email") == "owner@northwind.example"
    reach(window, "button.btn-primary")
