"""An owner registers an MPN ID: digits, the name at Microsoft, registered; or plain words."""

from typing import TYPE_CHECKING

import pytest

from accounts.models import PartnerId, PartnerState
from journal.models import Event
from tests.people import People

if TYPE_CHECKING:
    from sandbox.world import World

PAGE = "/account/mpn-ids/"
CHECK = "/account/mpn-ids/check/"


def _register(people: People, mpn_id: str, name: str = "x") -> str:
    sent = {"mpn_id": mpn_id, "confirmed_name": name}
    return people.owner.post(PAGE, sent, follow=True).content.decode()


def test_the_name_is_shown_and_then_confirmed(people: People, sandbox: "World") -> None:
    shown = people.owner.post(PAGE, {"mpn_id": " 4847385 "})
    name = sandbox.table("partners")["4847385"]["name"]
    assert name in shown.content.decode()
    assert not PartnerId.objects.filter(mpn_id="4847385").exists()

    page = _register(people, "4847385", name)

    assert "4847385" in page
    partner = PartnerId.objects.get(mpn_id="4847385")
    assert partner.account == people.northwind.account
    assert (partner.state, partner.name) == (PartnerState.VALID, name)
    assert partner.tenant_id == "aaaaaaaa-0000-4000-8000-000004847385"
    event = Event.objects.get(kind="partner_id.registered")
    assert (event.data["mpn_id"], event.by_label) == ("4847385", "owner@northwind.example")


@pytest.mark.parametrize(
    ("mpn_id", "code", "words"),
    [
        ("5550001", "2203", "Microsoft Partner Agreement has not been signed"),
        ("5550002", "2201", "belongs to another CSP region"),
        ("5550003", "2204", "Enrol your company as an indirect reseller"),
        ("5550004", "900414", "does not accept this MPN ID as partner of record"),
        ("1234567", "3000", "knows no partner with this MPN ID"),
    ],
)
def test_each_refusal_is_said_with_microsofts_code(
    people: People, sandbox: "World", mpn_id: str, code: str, words: str
) -> None:
    page = _register(people, mpn_id)
    assert words in page
    assert code in page
    assert not PartnerId.objects.filter(mpn_id=mpn_id).exists()


@pytest.mark.parametrize("mpn_id", ["", "12a45", "1234", "12345678901", "48 47383", "-4847383"])
def test_what_has_no_digits_is_refused_before_microsoft_is_asked(
    people: People, sandbox: "World", mpn_id: str
) -> None:
    before = len(sandbox.calls(0))
    page = people.owner.post(PAGE, {"mpn_id": mpn_id}).content.decode()
    assert "is-invalid" in page or "invalid" in page
    assert len(sandbox.calls(0)) == before
    assert not PartnerId.objects.filter(mpn_id=mpn_id).exists()


def test_the_order_of_questions_is_the_documented_one(people: People, sandbox: "World") -> None:
    people.owner.post(PAGE, {"mpn_id": "4847385"})
    paths = [c["path"].split("?")[0] for c in sandbox.calls(0) if c["service"] == "partnercenter"]
    assert paths == [
        "/v1/profiles/mpn",
        "/v1/compliance/csp/agreementstatus",
        "/v1/relationships",
        "/v1/partners/validateresellers",
    ]


def test_a_partner_outside_the_providers_relationships(people: People, sandbox: "World") -> None:
    with sandbox.change():
        known = sandbox.table("partners")["4847385"]
        sandbox.table("partners")["4847385"] = {**known, "related": False}
    page = _register(people, "4847385", known["name"])
    assert "no active relationship with this provider" in page
    assert not PartnerId.objects.filter(mpn_id="4847385").exists()


def test_a_name_that_changed_in_between_is_confirmed_again(
    people: People, sandbox: "World"
) -> None:
    assert "Confirm again" in _register(people, "4847385", "An older name")
    assert not PartnerId.objects.filter(mpn_id="4847385").exists()


def test_a_microsoft_that_is_away_is_never_a_yes(people: People, settings: object) -> None:
    page = _register(people, "4847385", "Anybody")
    assert "could not be asked just now" in page
    assert not PartnerId.objects.filter(mpn_id="4847385").exists()


class TestLiveCheck:
    def test_good(self, people: People, sandbox: "World") -> None:
        answer = people.owner.post(CHECK, {"mpn_id": "4847385"}).content.decode()
        assert sandbox.table("partners")["4847385"]["name"] in answer

    def test_refused(self, people: People, sandbox: "World") -> None:
        answer = people.owner.post(CHECK, {"mpn_id": "5550001"}).content.decode()
        assert "2203" in answer

    def test_held_by_another_account(self, people: People, sandbox: "World") -> None:
        answer = people.owner.post(CHECK, {"mpn_id": "4847384"}).content.decode()
        assert "Another account of this portal holds" in answer

    def test_cannot_tell(self, people: People) -> None:
        answer = people.owner.post(CHECK, {"mpn_id": "4847385"}).content.decode()
        assert "could not be asked" in answer

    def test_an_empty_field_says_nothing(self, people: People) -> None:
        assert people.owner.post(CHECK, {"mpn_id": ""}).content == b""


def test_a_removed_one_may_come_back(people: People, sandbox: "World") -> None:
    mine = people.northwind.partner_id
    people.owner.post(f"/account/mpn-ids/{mine.pk}/remove/")
    mine.refresh_from_db()
    assert mine.state == PartnerState.REMOVED
    assert people.owner.get(f"/account/mpn-ids/{mine.pk}/remove/").status_code == 404

    _register(people, mine.mpn_id, sandbox.table("partners")[mine.mpn_id]["name"])

    mine.refresh_from_db()
    assert mine.is_valid
