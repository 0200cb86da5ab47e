"""A registered MPN ID is judged again every day: warned and closed when it stops being valid."""

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.core import mail

from accounts import services
from accounts.models import PartnerId, PartnerState
from accounts.verdicts import cannot_tell
from common.clock import microsoft_now
from journal.models import Event, NextActor, Operation, State
from sandbox.faults import Fault
from tenants.models import Tenant
from tests.accounts.at_microsoft import change_partner
from tests.people import People

if TYPE_CHECKING:
    from sandbox.world import World

Run = Callable[..., int]


def test_two_schedulers_ask_once_a_day(people: People) -> None:
    services.plan_partner_checks()
    services.plan_partner_checks()
    assert Operation.objects.filter(kind="partner.check_all").count() == 1  # one per market


def test_suspended_at_microsoft_then_good_again(
    people: People, sandbox: "World", run_journal: Run
) -> None:
    partner = people.northwind.partner_id
    change_partner(sandbox, partner.mpn_id, suspended=True)

    services.plan_partner_checks()
    run_journal()

    partner.refresh_from_db()
    assert (partner.state, partner.code) == (PartnerState.REFUSED, "900414")
    [warning] = mail.outbox
    assert warning.to == ["owner@northwind.example"]
    assert "4847383" in warning.subject
    assert "contact Microsoft's support" in str(warning.body)
    assert Event.objects.get(kind="partner_id.invalid").operation is not None

    change_partner(sandbox, partner.mpn_id, suspended=False)
    services.recheck(partner_id=partner, by=people.user("owner").by)
    run_journal()

    partner.refresh_from_db()
    assert partner.is_valid
    assert partner.reason == ""
    assert Event.objects.filter(kind="partner_id.valid").count() == 1


def test_a_good_one_stays_good_without_an_event(
    people: People, sandbox: "World", run_journal: Run
) -> None:
    before = people.northwind.partner_id.checked_at
    services.recheck(partner_id=people.northwind.partner_id, by=people.user("owner").by)
    run_journal()
    people.northwind.partner_id.refresh_from_db()
    assert people.northwind.partner_id.checked_at > before
    assert not Event.objects.filter(kind__startswith="partner_id.").exists()


def test_a_microsoft_that_is_away_closes_nobody(people: People, run_journal: Run) -> None:
    services.plan_partner_checks()
    run_journal()
    waiting = Operation.objects.filter(kind="partner.check_all")
    assert {o.state for o in waiting} == {State.TODO}
    assert {o.next_actor for o in waiting} == {NextActor.PORTAL}
    assert PartnerId.objects.filter(state=PartnerState.VALID).count() == 2


def test_cannot_tell_changes_nothing(people: People) -> None:
    partner = people.northwind.partner_id
    assert not services.apply_verdict(partner_id=partner, verdict=cannot_tell(partner.mpn_id))
    partner.refresh_from_db()
    assert partner.is_valid


def test_asking_twice_is_one_check(people: People) -> None:
    partner = people.northwind.partner_id
    url = f"/account/mpn-ids/{partner.pk}/recheck/"
    people.owner.post(url)
    people.owner.post(url)
    assert Operation.objects.filter(subject=partner.key).count() == 1


def test_one_removed_meanwhile_is_left_alone(
    people: People, sandbox: "World", run_journal: Run
) -> None:
    partner = people.northwind.partner_id
    services.recheck(partner_id=partner, by=people.user("owner").by)
    services.remove_partner_id(partner_id=partner, by=people.user("owner").by)
    run_journal()
    partner.refresh_from_db()
    assert partner.state == PartnerState.REMOVED
    assert Operation.objects.get(subject=partner.key).state == State.DONE


def test_many_are_one_question(people: People, sandbox: "World", run_journal: Run) -> None:
    change_partner(sandbox, "4847384", agreement_signed=False)
    services.plan_partner_checks()
    run_journal()
    states = dict(PartnerId.objects.values_list("mpn_id", "code"))
    assert states == {"4847383": "", "4847384": "2203"}
    asked = [call["path"] for call in sandbox.calls()]
    assert asked.count("/v1/partners/validateresellers") == 1
    assert asked.count("/v1/relationships") == 1


def test_one_that_cannot_be_read_is_asked_about_alone(
    people: People, sandbox: "World", run_journal: Run
) -> None:
    fault = {"path": "agreementstatus.*4847384", "kind": "status", "status": 503, "times": 1}
    sandbox.faults.add(Fault.from_json(fault))
    change_partner(sandbox, "4847384", suspended=True)
    services.plan_partner_checks()
    run_journal()
    single = Operation.objects.get(kind="partner.check")
    assert single.params == {"partner_id": people.fabrikam.partner_id.pk}
    people.fabrikam.partner_id.refresh_from_db()
    assert people.fabrikam.partner_id.code == "900414"


def test_warnings_before_grace_ends_come_once_each(people: People, mailoutbox: list[Any]) -> None:
    """Only where a service hangs on it."""
    partner = people.northwind.partner_id
    partner.judge(PartnerState.REFUSED, code="900414")
    PartnerId.objects.filter(pk=partner.pk).update(grace_until=microsoft_now() + timedelta(days=5))
    assert services.warn_of_grace() == 0
    Tenant.objects.create(
        account=people.northwind.account, partner_id=partner, service_name="b.onmicrosoft.com"
    )
    assert services.warn_of_grace() == 1
    assert services.warn_of_grace() == 0
    partner.refresh_from_db()
    assert partner.warned_days == 7
