"""Delegation: wish, consent link, the customer's acceptance, second validation, a service."""

from collections.abc import Callable
from datetime import timedelta
from html import unescape
from typing import Any

import pytest

from journal.models import Event, Operation, State
from sandbox.faults import Fault
from sandbox.microsoft import foreign, relationships
from tenants import adoption
from tenants import delegation as services
from tenants.models import Delegation, DelegationState, GdapState, SeatCount, Tenant
from tenants.remote import delegation as remote
from tests.people import People
from tests.tenants.delegated import AGREED, BAKERY, BAKERY_ID, GARAGE, accept, ask_for, wish

Run = Callable[..., int]
pytestmark = pytest.mark.usefixtures("sandbox")


def now_of(delegation: Delegation) -> str:
    delegation.refresh_from_db()
    return delegation.state


def appeared(people: People, world: Any, run: Run, name: str = BAKERY) -> Delegation:
    """Wished, accepted, seen."""
    delegation = ask_for(people, name)
    run()
    accept(world, name)
    services.delegation_seen(domain=name)
    run()
    return delegation


def validate(people: People, delegation: Delegation, **changes: str) -> Any:
    sent = {"name": delegation.tenant_name, **AGREED, **changes}
    return people.manager.post(f"{delegation.get_absolute_url()}validate/", sent)


def test_from_the_form_to_a_service(
    people: People, sandbox: Any, run_journal: Run, mailoutbox: list[Any]
) -> None:
    delegation = ask_for(people)
    run_journal()
    page = unescape(people.viewer.get(delegation.get_absolute_url()).content.decode())
    assert "invType=ResellerRelationship" in page
    assert "waiting for the customer" in page
    link = mailoutbox[0]
    assert link.to == ["alex@existing-bakery.example"]
    assert "invType=ResellerRelationship" in link.body
    assert "Northwind souhaite" in link.body or "Northwind would like" in link.body

    accept(sandbox)
    assert services.delegation_seen(domain=BAKERY.upper()) == 1
    run_journal()
    assert now_of(delegation) == DelegationState.TO_VALIDATE
    for who in ("viewer", "manager"):
        assert "awaiting your validation" in people.client(who).get("/home/").content.decode()
    told = {mail.to[0] for mail in mailoutbox[1:]}
    assert told == {"owner@northwind.example", "manager@northwind.example"}
    assert not Tenant.objects.exists()

    assert validate(people, delegation).headers["Location"] == delegation.get_absolute_url()
    run_journal(skip_pauses=True)
    assert now_of(delegation) == DelegationState.DONE
    tenant = Tenant.objects.get()
    assert delegation.tenant == tenant
    assert delegation.facts == {"company": "Existing Bakery"}  # people are kept once
    assert (tenant.account, tenant.service_name) == (people.northwind.account, BAKERY)
    assert (tenant.microsoft_id, tenant.state) == (BAKERY_ID, "ok")
    assert (tenant.country, tenant.city) == ("FR", "Paris")
    assert tenant.agreement.attested_at is not None
    assert BAKERY_ID in sandbox.table("agreements")
    assert tenant.gdap.state == GdapState.READY
    assert people.viewer.get(tenant.get_absolute_url()).status_code == 200
    assert people.stranger.get(tenant.get_absolute_url()).status_code == 404
    assert not Operation.objects.exclude(state=State.DONE).exists()
    kinds = list(Event.objects.filter(subject=delegation.key).order_by("pk"))
    assert [event.kind for event in kinds] == [
        "delegation.wished", "delegation.appeared", "delegation.validated",
        "delegation.adopted", "delegation.done",
    ]  # fmt: skip


def test_the_same_form_sent_twice_is_one_wish(people: People) -> None:
    sent = wish()
    first = people.manager.post("/delegations/new/", sent)
    again = people.manager.post("/delegations/new/", sent)
    assert first.headers["Location"] == again.headers["Location"]
    assert Delegation.objects.count() == 1
    assert Operation.objects.count() == 1
    other = people.manager.post("/delegations/new/", sent | {"tenant_name": GARAGE})
    assert other.status_code == 422
    assert "Begin a new one." in other.content.decode()


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("nobody-here", "Microsoft knows no tenant nobody-here.onmicrosoft.com."),
        ("bakery.example", "Enter the name that ends in .onmicrosoft.com."),
        ("a b", "Enter the name that ends in .onmicrosoft.com."),
    ],
)
def test_a_name_that_is_none(people: People, name: str, sentence: str) -> None:
    answer = people.manager.post("/delegations/new/", wish(name))
    assert answer.status_code == 422
    page = unescape(answer.content.decode())
    assert sentence in page
    assert 'value="Existing Bakery"' in page  # nothing typed is lost
    assert not Delegation.objects.exists()
    live = people.manager.post("/delegations/check/", {"tenant_name": name})
    assert sentence in unescape(live.content.decode())


def test_the_live_check(people: People, sandbox: Any) -> None:
    def said() -> str:
        answer = people.manager.post("/delegations/check/", {"tenant_name": BAKERY})
        return unescape(answer.content.decode())

    assert "Microsoft knows this tenant." in said()
    sandbox.faults.add(Fault(kind="status", service="partnercenter", status=503, times=9))
    assert "cannot tell whether it exists" in said()
    ask_for(people)  # Microsoft is away: the wish is kept all the same
    assert "You have asked for this tenant already" in said()


def test_of_two_resellers_the_second_is_refused(people: People, run_journal: Run) -> None:
    ask_for(people)
    sent = wish(mpn_id="4847384")
    answer = people.stranger.post("/delegations/new/", sent)
    assert answer.status_code == 422
    assert "Another reseller has asked for this tenant before you." in answer.content.decode()
    delegation = Delegation.objects.get()
    people.manager.post(f"{delegation.get_absolute_url()}give-up/")
    assert people.stranger.post("/delegations/new/", sent).status_code == 302


def test_a_tenant_of_this_portal_cannot_be_wished(
    people: People, sandbox: Any, run_journal: Run
) -> None:
    validate(people, appeared(people, sandbox, run_journal))
    run_journal(skip_pauses=True)
    own = people.manager.post("/delegations/new/", wish())
    assert "This tenant is one of your services already." in own.content.decode()
    other = people.stranger.post("/delegations/new/", wish(mpn_id="4847384"))
    assert "This tenant belongs to another reseller here." in other.content.decode()
    assert Delegation.objects.count() == 1


def test_an_older_relationship_goes_to_staff(
    people: People, sandbox: Any, run_journal: Run
) -> None:
    accept(sandbox)
    delegation = ask_for(people)
    run_journal()
    assert now_of(delegation) == DelegationState.STAFF
    page = unescape(people.viewer.get(delegation.get_absolute_url()).content.decode())
    assert "The customer had a relationship with the provider before you asked." in page
    assert validate(people, delegation).status_code == 422
    assert not Tenant.objects.exists()


def test_accepted_between_form_and_journal_is_no_older_relationship(
    people: People, sandbox: Any, run_journal: Run
) -> None:
    delegation = ask_for(people)
    accept(sandbox)
    run_journal()
    assert now_of(delegation) == DelegationState.TO_VALIDATE


def test_nobody_can_tell_how_old_it_is(people: People, sandbox: Any, run_journal: Run) -> None:
    """Microsoft was away when the wish was made: what it shows afterwards may be older."""
    sandbox.faults.add(
        Fault(kind="status", service="partnercenter", path="/v1/customers", status=503, times=2)
    )
    delegation = ask_for(people)
    sandbox.faults.clear()
    accept(sandbox)
    run_journal()
    assert now_of(delegation) == DelegationState.STAFF


def test_another_reseller_goes_to_staff_who_approves(
    people: People, sandbox: Any, run_journal: Run, mailoutbox: list[Any]
) -> None:
    assert people.user("staff").is_staff
    delegation = appeared(people, sandbox, run_journal, GARAGE)
    assert now_of(delegation) == DelegationState.STAFF
    told = [mail for mail in mailoutbox if mail.to == ["staff@portal.example"]]
    assert [f"/admin/tenants/delegation/{delegation.pk}/change/" in m.body for m in told] == [True]
    page = unescape(people.viewer.get(delegation.get_absolute_url()).content.decode())
    assert "Another reseller is attached to this customer at Microsoft." in page
    assert "4847385" not in page  # who it is, is between the customer and the staff
    queue = "/admin/tenants/delegation/"
    assert "4847385" in people.staff.get(f"{queue}?state__exact=staff").content.decode()
    sent = {"action": "approve", "_selected_action": [delegation.pk]}
    assert "1 of 1 changed." in people.staff.post(queue, sent, follow=True).content.decode()
    assert "0 of 1 changed." in people.staff.post(queue, sent, follow=True).content.decode()
    assert now_of(delegation) == DelegationState.TO_VALIDATE
    validate(people, delegation)
    run_journal(skip_pauses=True)
    assert now_of(delegation) == DelegationState.DONE


def test_staff_refuses_with_a_reason(people: People, sandbox: Any, run_journal: Run) -> None:
    delegation = appeared(people, sandbox, run_journal, GARAGE)
    queue = "/admin/tenants/delegation/"
    sent = {"action": "refuse", "_selected_action": [delegation.pk]}
    assert "Enter the reason." in people.staff.post(queue, sent, follow=True).content.decode()
    assert now_of(delegation) == DelegationState.STAFF
    people.staff.post(queue, sent | {"reason": "The garage said no."})
    assert now_of(delegation) == DelegationState.REFUSED
    page = people.viewer.get(delegation.get_absolute_url()).content.decode()
    assert "The garage said no." in page
    assert Delegation.objects.get().decided_by == "staff@portal.example"


def test_another_reseller_that_came_after_the_appearance(
    people: People, sandbox: Any, run_journal: Run
) -> None:
    """Between appearance and validation: Microsoft is asked once more."""
    delegation = appeared(people, sandbox, run_journal)
    relationships.attach(sandbox, domain=BAKERY, mpn_id="4847385")
    validate(people, delegation)
    run_journal()
    assert now_of(delegation) == DelegationState.STAFF
    assert not Tenant.objects.exists()


def test_a_relationship_that_ended_before_the_validation(
    people: People, sandbox: Any, run_journal: Run
) -> None:
    delegation = appeared(people, sandbox, run_journal)
    with sandbox.change():
        customer = sandbox.table("customers")[BAKERY_ID]
        customer["relationship"] = "none"
        sandbox.table("customers")[BAKERY_ID] = customer
    validate(people, delegation)
    run_journal()
    assert now_of(delegation) == DelegationState.WAITING
    assert delegation.why == adoption.LEFT
    accept(sandbox)
    services.delegation_seen(domain=BAKERY)
    run_journal()
    assert now_of(delegation) == DelegationState.TO_VALIDATE


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"name": "existing-bakers.onmicrosoft.com"}, "This is not the tenant's name."),
        ({"agreed": ""}, "Microsoft sells nothing without this agreement."),
        ({"agreed_date": "2099-01-01"}, "The date may not be in the future."),
    ],
)
def test_a_validation_that_is_none(
    people: People, sandbox: Any, run_journal: Run, changes: dict[str, str], sentence: str
) -> None:
    delegation = appeared(people, sandbox, run_journal)
    answer = validate(people, delegation, **changes)
    assert answer.status_code == 422
    assert sentence in unescape(answer.content.decode())
    assert now_of(delegation) == DelegationState.TO_VALIDATE


def test_microsoft_has_the_agreement(people: People, sandbox: Any, run_journal: Run) -> None:
    with sandbox.change():
        sandbox.table("agreements")[BAKERY_ID] = {
            "primaryContact": {"firstName": "Zoe", "lastName": "Martin", "email": "z@b.example"},
            "templateId": "117a77b0-9360-443b-8795-c6dedc750cf9",
            "dateAgreed": "2025-05-05T00:00:00Z",
            "type": "MicrosoftCustomerAgreement",
        }
    delegation = appeared(people, sandbox, run_journal)
    address = f"{delegation.get_absolute_url()}validate/"
    page = people.manager.get(address).content.decode()
    assert "Microsoft has the customer's agreement already." in unescape(page)
    assert "agreed_date" not in page
    people.manager.post(address, {"name": delegation.tenant_name})
    run_journal(skip_pauses=True)
    agreement = Tenant.objects.get().agreement
    assert (agreement.first_name, str(agreement.agreed_date)) == ("Zoe", "2025-05-05")
    assert not Operation.objects.filter(kind="tenant.attest_agreement").exists()


def test_given_up_at_each_stage(people: People, sandbox: Any, run_journal: Run) -> None:
    waiting = ask_for(people)
    run_journal()
    people.manager.post(f"{waiting.get_absolute_url()}give-up/")
    assert now_of(waiting) == DelegationState.GIVEN_UP
    assert not Operation.objects.in_progress().exists()
    seen = appeared_again(people, sandbox, run_journal)
    assert people.viewer.post(f"{seen.get_absolute_url()}give-up/").status_code == 403
    people.manager.post(f"{seen.get_absolute_url()}give-up/")
    assert now_of(seen) == DelegationState.GIVEN_UP
    assert seen.facts == {}


def appeared_again(people: People, world: Any, run: Run) -> Delegation:
    people.manager.post("/delegations/new/", wish())
    accept(world)
    run()
    return Delegation.objects.get(state=DelegationState.TO_VALIDATE)


def test_given_up_just_after_the_validation(people: People, sandbox: Any, run_journal: Run) -> None:
    delegation = appeared(people, sandbox, run_journal)
    validate(people, delegation)
    people.manager.post(f"{delegation.get_absolute_url()}give-up/")
    run_journal(skip_pauses=True)
    assert now_of(delegation) == DelegationState.GIVEN_UP
    assert not Tenant.objects.exists()


def test_a_service_cannot_be_given_up(people: People, sandbox: Any, run_journal: Run) -> None:
    delegation = appeared(people, sandbox, run_journal)
    validate(people, delegation)
    run_journal(skip_pauses=True)
    answer = people.manager.post(f"{delegation.get_absolute_url()}give-up/", follow=True)
    assert "It has ended already." in answer.content.decode()
    assert now_of(delegation) == DelegationState.DONE


def test_looking_now_finds_what_a_cancelled_wait_would_not(
    people: People, sandbox: Any, run_journal: Run
) -> None:
    delegation = ask_for(people)
    run_journal()
    wait = Operation.objects.get(kind="delegation.await_customer")
    people.manager.post(f"/operations/{wait.pk}/cancel/")
    accept(sandbox)
    run_journal()
    assert now_of(delegation) == DelegationState.WAITING
    people.manager.post(f"{delegation.get_absolute_url()}look/")
    run_journal()
    assert now_of(delegation) == DelegationState.TO_VALIDATE


def test_a_look_that_was_cancelled_is_made_up_for(
    people: People, sandbox: Any, run_journal: Run
) -> None:
    """Else an older relationship would pass for a new one."""
    accept(sandbox)
    delegation = ask_for(people)
    look = Operation.objects.get(kind="delegation.look")
    people.manager.post(f"/operations/{look.pk}/cancel/")
    people.manager.post(f"{delegation.get_absolute_url()}look/")
    run_journal()
    assert now_of(delegation) == DelegationState.STAFF


def test_two_resellers_at_the_same_moment(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    ask_for(people)
    monkeypatch.setattr(services, "is_free", lambda _name: True)
    monkeypatch.setattr(services, "why_not_free", lambda _account, _name: "")
    answer = people.stranger.post("/delegations/new/", wish(mpn_id="4847384"))
    assert answer.status_code == 422
    assert "Another reseller has asked for this tenant before you." in answer.content.decode()
    assert Delegation.objects.count() == 1


def test_a_customer_who_never_comes(
    people: People, sandbox: Any, run_journal: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    delegation = ask_for(people)
    run_journal()
    monkeypatch.setattr(remote, "PATIENCE", timedelta(0))
    services.delegation_seen(domain=BAKERY)
    run_journal()
    assert now_of(delegation) == DelegationState.GIVEN_UP
    assert delegation.why == adoption.TOO_LATE


@pytest.mark.parametrize("kind", ["drop_before", "drop_after", "html", "status"])
def test_lost_answers(people: People, sandbox: Any, run_journal: Run, kind: str) -> None:
    """Every first answer of Microsoft's is lost once; it ends as if none had been."""
    delegation = ask_for(people)
    paths = ["relationshiprequests", "/v1/customers/?[?]", f"{BAKERY_ID}$", "/relationships$",
             "/agreements", "/delegatedAdminRelationships", "/subscribedskus"]  # fmt: skip
    for path in paths:
        sandbox.faults.add(Fault(kind=kind, path=path, status=503, times=1))
    run_journal(skip_pauses=True)
    accept(sandbox)
    services.delegation_seen(domain=BAKERY)
    run_journal(skip_pauses=True)
    validate(people, delegation)
    run_journal(skip_pauses=True)
    assert now_of(delegation) == DelegationState.DONE
    assert len(sandbox.table("gdap").committed) == 1
    assert Tenant.objects.count() == 1


def test_the_seats_that_were_there_are_kept(people: People, sandbox: Any, run_journal: Run) -> None:
    """Twelve seats of another provider's, nine of them used."""
    validate(people, appeared(people, sandbox, run_journal))
    run_journal(skip_pauses=True)
    [count] = SeatCount.objects.all()
    assert (count.name, count.total, count.used) == ("Microsoft 365 Business Standard", 12, 9)
    address = f"/api/v1/tenants/{BAKERY}/switching"
    [row] = people.api("viewer").get(address).json()["seats"]
    assert (row["ours"], row["old"], row["before"]) == (0, 12, 12)
    foreign.put(sandbox, BAKERY_ID, {"CFQ7TTC0LDPB:0001": 5})  # some are cancelled there
    [row] = people.api("viewer").get(address).json()["seats"]
    assert (row["total"], row["old"], row["before"]) == (5, 5, 12)


def test_seats_that_may_not_be_counted_yet(people: People, sandbox: Any, run_journal: Run) -> None:
    delegation = appeared(people, sandbox, run_journal)
    validate(people, delegation)
    sandbox.faults.add(Fault(kind="status", path="/subscribedskus", status=403, times=1))
    run_journal(skip_pauses=True)
    assert now_of(delegation) == DelegationState.DONE  # it goes without
    assert not SeatCount.objects.exists()
