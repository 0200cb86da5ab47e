"""Schools and nonprofits: asked for, vetted, told, their terms accepted, their licences bought."""

import uuid
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from werkzeug.test import Client as Caller

from journal.models import Event, NextActor, Operation, State
from orders.models import Order
from sandbox.app import create_app
from sandbox.faults import Fault
from subscriptions.models import Subscription
from tenants import qualifications
from tenants.models import (
    Qualification,
    QualificationState,
    SpecialTerms,
    Tenant,
    TermsAcceptance,
)
from tests.people import People

Run = Callable[..., int]
SCHOOL = {
    "segment": "education",
    "education_kind": "K12",
    "website": "https://contoso-school.example/",
}
FACULTY = "Microsoft 365 A3 (Education Faculty Pricing)"


def page_of(tenant: Tenant) -> str:
    return f"/services/{tenant.service_name}/qualifications/"


def api_of(tenant: Tenant, what: str) -> str:
    return f"/api/v1/tenants/{tenant.service_name}/{what}"


def asked_of_microsoft(world: Any) -> list[dict[str, Any]]:
    calls = [c for c in world.calls(0) if c["path"].endswith("/qualifications")]
    return [c for c in calls if c["method"] == "POST"]


def think(world: Any) -> None:
    """Microsoft takes an hour for what it is asked from now on."""
    world.set_delays({"qualification": 3600})


def decide(world: Any) -> None:
    """Microsoft has thought long enough about everything."""
    world.set_delays({"qualification": 0})
    with world.change():
        for customer in world.table("customers").values():
            for asked in customer["qualifications"]:
                asked["decided_at"] = world.due("qualification")


def decide_elsewhere(world: Any, tenant: Tenant, qualification: str) -> None:
    """Somebody else than this portal has had the customer approved."""
    body = {"customerId": tenant.microsoft_id, "qualification": qualification}
    answer = Caller(create_app(world)).post("/_sandbox/qualifications", json=body)
    assert answer.status_code < 300, answer.text


def offered(people: People, tenant: Tenant) -> set[str]:
    rows = people.api("viewer").get(api_of(tenant, "catalogue"), {"page_size": 100}).json()
    return {row["segment"] for row in rows["results"]}


def test_a_school_by_page(
    people: People, tenant: Tenant, sandbox: Any, run_journal: Run, mailoutbox: list[Any]
) -> None:
    assert offered(people, tenant) == {"commercial"}
    think(sandbox)
    answer = people.manager.post(page_of(tenant), SCHOOL)
    assert answer.status_code == 302
    run_journal()
    row = Qualification.objects.get()
    assert (row.state, row.asked_by) == ("inreview", "manager@northwind.example")
    page = people.viewer.get(page_of(tenant)).content.decode()
    assert "in review at Microsoft" in page
    assert "Microsoft is vetting the customer." in page
    assert not mailoutbox

    decide(sandbox)
    run_journal(skip_pauses=True)
    row.refresh_from_db()
    assert row.is_approved
    assert row.decided_at is not None
    assert offered(people, tenant) == {"commercial", "education"}
    assert [mail.to for mail in mailoutbox] == [["manager@northwind.example"]]
    assert "approved Contoso Bakery for the segment education" in mailoutbox[0].body
    changed = Event.objects.filter(kind="tenant.qualification_changed").order_by("pk")
    assert [event.data["after"] for event in changed] == ["inreview", "approved"]
    assert len(asked_of_microsoft(sandbox)) == 1


def test_a_denial_is_told_with_its_reason_and_can_be_asked_again(
    people: People, tenant: Tenant, sandbox: Any, run_journal: Run, mailoutbox: list[Any]
) -> None:
    people.manager.post(page_of(tenant), {**SCHOOL, "website": "https://denied.example/"})
    run_journal(skip_pauses=True)
    row = Qualification.objects.get()
    assert row.state == QualificationState.DENIED
    assert "Not an Education Customer" in people.viewer.get(page_of(tenant)).content.decode()
    assert "Not an Education Customer" in mailoutbox[0].body
    assert offered(people, tenant) == {"commercial"}

    assert people.manager.post(page_of(tenant), SCHOOL).status_code == 302
    run_journal(skip_pauses=True)
    row.refresh_from_db()
    assert row.is_approved
    assert Qualification.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"education_kind": ""}, "education_kind", "Choose the kind of school."),
        ({"website": ""}, "website", "Microsoft needs the school's website."),
        ({"website": "no website"}, "website", "Enter a valid URL"),
        ({"segment": "commercial"}, "segment", "education, nonprofit or government"),
    ],
)
def test_what_is_missing_is_told_and_microsoft_is_not_asked(
    people: People, tenant: Tenant, changes: dict[str, str], field: str, sentence: str
) -> None:
    sent = {**SCHOOL, **changes}
    answer = people.api("manager").post(api_of(tenant, "qualifications"), sent, format="json")
    assert answer.status_code in (400, 422)
    assert sentence.lower() in answer.json()["errors"][field][0].lower()
    page = people.manager.post(page_of(tenant), sent)
    assert page.status_code == 422
    assert SCHOOL["website"] in page.content.decode() or "website" in changes  # nothing is lost
    assert not Qualification.objects.exists()


def test_the_same_wish_twice_is_one(
    people: People, tenant: Tenant, sandbox: Any, run_journal: Run
) -> None:
    api = people.api("manager")
    first = api.post(api_of(tenant, "qualifications"), SCHOOL, format="json")
    again = api.post(api_of(tenant, "qualifications"), SCHOOL, format="json")
    assert first.status_code == again.status_code == 202
    assert first.json()["id"] == again.json()["id"]
    run_journal(skip_pauses=True)
    assert len(asked_of_microsoft(sandbox)) == 1
    third = api.post(api_of(tenant, "qualifications"), SCHOOL, format="json")
    assert third.status_code == 422  # approved already


@pytest.mark.parametrize("kind", ["drop_after", "html", "drop_before"])
def test_a_lost_answer_asks_once(
    people: People, tenant: Tenant, sandbox: Any, run_journal: Run, kind: str
) -> None:
    fault = {"method": "POST", "path": "/qualifications$", "kind": kind, "times": 2}
    sandbox.faults.add(Fault.from_json(fault))
    people.manager.post(page_of(tenant), SCHOOL)
    run_journal(skip_pauses=True)
    assert Qualification.objects.get().is_approved
    assert len({call["request_id"] for call in asked_of_microsoft(sandbox)}) == 1
    customer = next(iter(sandbox.table("customers").values()))
    assert len(customer["qualifications"]) == 1


def test_a_nonprofit_is_only_read_back(
    people: People, tenant: Tenant, sandbox: Any, run_journal: Run
) -> None:
    people.manager.post(page_of(tenant), {"segment": "nonprofit"})
    run_journal(skip_pauses=True)
    row = Qualification.objects.get()
    assert row.state == QualificationState.ASKED
    assert (
        "nonprofit portal has not approved" in people.viewer.get(page_of(tenant)).content.decode()
    )
    decide_elsewhere(sandbox, tenant, "Nonprofit")
    again = people.manager.post(f"{page_of(tenant)}nonprofit/look-again/")
    assert again.status_code == 302
    run_journal()
    row.refresh_from_db()
    assert row.is_approved
    assert not asked_of_microsoft(sandbox)
    assert "nonprofit" in offered(people, tenant)


def test_whoever_gave_the_waiting_up_is_read_again_the_next_day(
    people: People, tenant: Tenant, sandbox: Any, run_journal: Run
) -> None:
    think(sandbox)
    people.manager.post(page_of(tenant), SCHOOL)
    run_journal()
    waiting = Operation.objects.get(kind="tenant.await_qualification")
    assert waiting.cancel()
    qualifications.plan_rereads()
    qualifications.plan_rereads()
    todo = Operation.objects.filter(kind="tenant.await_qualification", state=State.TODO)
    assert todo.count() == 1


def test_an_authority_uses_the_providers_own_code(
    people: People, tenant: Tenant, sandbox: Any, run_journal: Run
) -> None:
    with sandbox.change():  # Microsoft sells to authorities of the United States only
        customer = next(iter(sandbox.table("customers").values()))
        customer["billing"]["defaultAddress"]["country"] = "US"
    people.manager.post(page_of(tenant), {"segment": "government"})
    run_journal(skip_pauses=True)
    assert Qualification.objects.get().is_approved
    assert sandbox.table("settings")["validation_codes"] == {"used": 1}


def test_without_a_code_staff_is_asked(
    people: People, tenant: Tenant, sandbox: Any, run_journal: Run
) -> None:
    with sandbox.change():
        sandbox.table("settings")["validation_codes"] = {"used": 5}
    people.manager.post(page_of(tenant), {"segment": "government"})
    run_journal(skip_pauses=True)
    step = Operation.objects.get(kind="tenant.qualify")
    assert (step.state, step.next_actor) == (State.ERROR, NextActor.STAFF)
    assert not asked_of_microsoft(sandbox)


def test_what_microsoft_no_longer_shows_ends(
    people: People, tenant: Tenant, sandbox: Any, run_journal: Run, mailoutbox: list[Any]
) -> None:
    """A customer is a school or a charity: the newer word replaces the older one."""
    people.manager.post(page_of(tenant), SCHOOL)
    run_journal(skip_pauses=True)
    mailoutbox.clear()
    decide_elsewhere(sandbox, tenant, "Nonprofit")
    people.manager.post(page_of(tenant), {"segment": "nonprofit"})
    run_journal()
    states = dict(Qualification.objects.values_list("segment", "state"))
    assert states == {"education": "ended", "nonprofit": "approved"}
    assert offered(people, tenant) == {"commercial", "nonprofit"}
    assert "no longer" in " ".join(mail.body for mail in mailoutbox)
    assert people.manager.post(page_of(tenant), SCHOOL).status_code == 302  # it may ask again


def bill(people: People, tenant: Tenant, **more: Any) -> Any:
    """Two seats for teachers, by REST."""
    rows = people.api("viewer").get(api_of(tenant, "catalogue"), {"page_size": 100}).json()
    faculty = next(row for row in rows["results"] if row["name"] == FACULTY)
    price = next(p for p in faculty["prices"] if p["term"] == "P1Y")
    line = {
        "licence": faculty["id"],
        "term": price["term"],
        "billing_cycle": price["billing_cycle"],
        "quantity": 2,
        "unit_price": price["amount"],
    }
    body = {"key": str(uuid.uuid4()), "lines": [line], **more}
    return people.api("manager").post(api_of(tenant, "orders"), body, format="json")


@pytest.fixture
def school(people: People, tenant: Tenant, sandbox: Any, run_journal: Run) -> Tenant:
    people.manager.post(page_of(tenant), SCHOOL)
    run_journal(skip_pauses=True)
    return tenant


def test_an_academic_order_needs_the_terms_accepted(
    people: People, school: Tenant, sandbox: Any, run_journal: Run
) -> None:
    refused = bill(people, school)
    assert refused.status_code == 422
    assert "special terms (version 1)" in refused.json()["errors"]["accepted_terms"][0]
    wrong = bill(people, school, accepted_terms=[{"segment": "education", "version": "0"}])
    assert wrong.status_code == 422
    assert not TermsAcceptance.objects.exists()

    right = bill(people, school, accepted_terms=[{"segment": "education", "version": "1"}])
    assert right.status_code == 202, right.json()
    kept = TermsAcceptance.objects.get()
    assert (kept.version, kept.accepted_by) == ("1", "manager@northwind.example")
    run_journal(skip_pauses=True)
    assert {step.state for step in Order.objects.latest("pk").steps()} == {"done"}
    assert Subscription.objects.latest("pk").name == FACULTY
    told = people.api("viewer").get(api_of(school, "terms")).json()
    assert [row["accepted_by"] for row in told if row["segment"] == "education"] == [
        "manager@northwind.example"
    ]
    assert bill(people, school).status_code == 202  # accepted once is enough

    SpecialTerms.objects.create(
        segment="education", region="eu", url="https://contoso.example/t", version="2027"
    )
    assert bill(people, school).status_code == 422  # until Microsoft changes them


def test_terms_by_language_and_region(people: People, tenant: Tenant) -> None:
    for language, region in (("", ""), ("fr", ""), ("en", "eu"), ("fr", "uk")):
        SpecialTerms.objects.create(
            segment="education",
            language=language,
            region=region,
            url=f"https://contoso.example/{language or 'any'}-{region or 'any'}",
            version="1",
        )
    api = people.api("viewer")

    def link(language: str) -> str:
        told = api.get(api_of(tenant, "terms"), headers={"accept-language": language}).json()
        return str(next(row["url"] for row in told if row["segment"] == "education"))

    assert link("en") == "https://contoso.example/en-eu"
    assert link("fr") == "https://contoso.example/en-eu"  # the region's own text comes first
    SpecialTerms.objects.filter(language="en").delete()
    assert link("fr") == "https://contoso.example/fr-any"
    assert link("en") == "https://contoso.example/any-any"


def test_the_box_beside_the_order(people: People, school: Tenant) -> None:
    address = f"/services/{school.service_name}/subscriptions/new/"
    page = unescape(people.manager.get(address).content.decode())
    assert "I accept Microsoft's special terms (education, version 1)." in page
    assert 'name="terms_education"' in page
    assert "nonprofit, version" not in page


@pytest.mark.parametrize(
    ("who", "get", "post"), [("viewer", 200, 403), ("operator", 200, 403), ("stranger", 404, 404)]
)
def test_others(people: People, tenant: Tenant, who: str, get: int, post: int) -> None:
    browser, api = people.client(who), people.api(who)
    assert browser.get(page_of(tenant)).status_code == get
    assert browser.post(page_of(tenant), SCHOOL).status_code == post
    assert api.get(api_of(tenant, "qualifications")).status_code == get
    sent = api.post(api_of(tenant, "qualifications"), SCHOOL, format="json")
    assert sent.status_code == post
    assert not Qualification.objects.exists()
