"""One MPN ID, two accounts: the form refuses, the claim is kept, the provider's staff decides."""

from typing import TYPE_CHECKING

import pytest
from django.core import mail

from accounts import services
from accounts.models import PartnerId, PartnerState
from accounts.verdicts import valid
from common.refusals import Impossible
from journal.models import Event, Operation
from tests.people import People

if TYPE_CHECKING:
    from collections.abc import Callable

    from sandbox.world import World

FABRIKAMS = valid("4847384", name="Fabrikam SAS", tenant_id="t-4847384")


def _claim(people: People) -> PartnerId:
    account, by = people.northwind.account, people.user("owner").by
    with pytest.raises(Impossible, match="Another account of this portal holds"):
        services.register_partner_id(account=account, verdict=FABRIKAMS, by=by)
    return PartnerId.objects.get(account=account, mpn_id="4847384")


def _decide(people: People, claim: PartnerId, action: str) -> str:
    sent = {"action": action, "_selected_action": [claim.pk]}
    answer = people.staff.post("/admin/accounts/partnerid/", sent, follow=True)
    return answer.content.decode()


def test_the_page_refuses_and_keeps_the_claim(people: People, sandbox: "World") -> None:
    name = sandbox.table("partners")["4847384"]["name"]
    sent = {"mpn_id": "4847384", "confirmed_name": name}
    page = people.owner.post("/account/mpn-ids/", sent).content.decode()
    assert "Another account of this portal holds this MPN ID." in page
    claim = PartnerId.objects.get(account=people.northwind.account, mpn_id="4847384")
    assert claim.state == PartnerState.STAFF
    assert people.fabrikam.partner_id.is_valid
    assert Event.objects.filter(kind="partner_id.claimed", subject=claim.key).count() == 1


def test_claiming_again_changes_nothing(people: People) -> None:
    first = _claim(people)
    assert _claim(people) == first
    assert Event.objects.filter(kind="partner_id.claimed").count() == 1


def test_staff_grants_it_and_the_holder_is_warned(
    people: People, sandbox: "World", run_journal: "Callable[..., int]"
) -> None:
    claim = _claim(people)

    assert "decided" in _decide(people, claim, "grant")
    run_journal()

    claim.refresh_from_db()
    holder = people.fabrikam.partner_id
    holder.refresh_from_db()
    assert claim.is_valid
    assert (holder.state, holder.code) == (PartnerState.REFUSED, "given_away")
    assert [m.to for m in mail.outbox] == [["owner@fabrikam.example"]]
    granted = Event.objects.get(kind="partner_id.claim_granted")
    assert granted.by_label == "staff@portal.example"


def test_staff_refuses_it(people: People) -> None:
    claim = _claim(people)
    _decide(people, claim, "refuse")
    claim.refresh_from_db()
    people.fabrikam.partner_id.refresh_from_db()
    assert (claim.state, claim.code) == (PartnerState.REFUSED, "claim_refused")
    assert people.fabrikam.partner_id.is_valid


def test_microsofts_daily_word_does_not_reopen_what_staff_decided(people: People) -> None:
    claim = _claim(people)
    services.decide_claim(partner_id=claim, grant=False, by=people.user("staff").by)
    claim.refresh_from_db()
    assert not services.apply_verdict(partner_id=claim, verdict=FABRIKAMS)
    assert claim not in PartnerId.objects.to_recheck()


def test_nothing_to_decide(people: People) -> None:
    assert "does not wait for a decision" in _decide(people, people.northwind.partner_id, "grant")
    people.northwind.partner_id.refresh_from_db()
    assert people.northwind.partner_id.is_valid


def test_a_claim_becomes_free_when_the_holder_gives_it_up(people: People) -> None:
    claim = _claim(people)
    services.remove_partner_id(partner_id=people.fabrikam.partner_id, by=people.user("stranger").by)
    partner = services.register_partner_id(
        account=people.northwind.account, verdict=FABRIKAMS, by=people.user("owner").by
    )
    assert partner == claim
    assert partner.is_valid


def test_staff_asks_microsoft_again(people: People) -> None:
    _decide(people, people.northwind.partner_id, "recheck")
    operation = Operation.objects.get(kind="partner.check")
    assert operation.by_label == "staff@portal.example"
