"""The page of a service with 200 subscriptions, as its owner sees it."""

import uuid

import httpx

from benchmarks import ROUNDS_PAGE
from benchmarks.measure import in_turns, p95
from benchmarks.stand import Portal

SUBSCRIPTIONS = 200


def measure(portal: Portal) -> tuple[float, float]:
    """Seconds: p95 of the page, p95 of the empty view."""
    name, cookies = _fill()
    with httpx.Client(base_url=portal.url, cookies=cookies, timeout=30) as browser:
        page = f"/services/{name}/?page_size=100"
        answer = browser.get(page)
        assert answer.status_code == 200, answer.status_code
        assert answer.text.count("<tr>") > 100
        pages, floor = in_turns(
            lambda: browser.get(page), lambda: browser.get("/empty"), ROUNDS_PAGE
        )
    return p95(pages), p95(floor)


def _fill() -> tuple[str, dict[str, str]]:
    from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from subscriptions.models import Subscription
    from tenants.models import Gdap, Tenant
    from tests.people import open_reseller

    shop = open_reseller(name="Bench", nic_handle="be12345-ovh", mpn_id="4847385", roles=["owner"])
    tenant = Tenant.objects.create(
        account=shop.account,
        partner_id=shop.partner_id,
        service_name="bench.onmicrosoft.com",
        display_name="Bench",
        microsoft_id=str(uuid.uuid4()),
        state="ok",
        country="FR",
    )
    Gdap.objects.create(tenant=tenant)
    Subscription.objects.bulk_create(
        Subscription(
            tenant=tenant,
            microsoft_id=str(uuid.uuid4()),
            name=f"Licence {number}",
            quantity=number + 1,
            status="active",
            term="P1Y",
            billing_cycle="Monthly",
            unit_price=6,
            currency="EUR",
        )
        for number in range(SUBSCRIPTIONS)
    )
    owner = shop.users["owner"]
    session = SessionStore()
    session[SESSION_KEY] = str(owner.pk)
    session["_auth_user_backend"] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = owner.get_session_auth_hash()
    session.save()
    return tenant.service_name, {"sessionid": str(session.session_key)}
