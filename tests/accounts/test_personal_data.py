"""People who sign in: handed out what is kept of them, and erased wherever they stood."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils.timezone import now

from accounts import personal_data, services
from accounts.models import Invitation, Token, User
from common.refusals import Impossible
from journal.models import Event, Operation, State
from tests.everywhere import where
from tests.people import People

MANAGER = "manager@northwind.example"


def busy_manager(people: People) -> User:
    """Somebody who has done things here."""
    person = people.user("manager")
    people.api("manager")
    services.post(to=person.email, subject="Hello", text="Hello", by_label="portal")
    services.recheck(partner_id=people.northwind.partner_id, by=person.by)
    services.remove_partner_id(partner_id=people.northwind.partner_id, by=person.by)
    people.owner.post("/account/members/", {"email": "guest@x.example", "role": "viewer"})
    Operation.objects.update(state=State.DONE, secret=None, finished_at=now())
    return person


def test_what_is_kept_of_a_person(people: People) -> None:
    told = personal_data.export(person=busy_manager(people))
    assert told["accounts"] == [{"nic_handle": "nw12345-ovh", "role": "manager"}]
    assert "partner_id.removed" in {row["kind"] for row in told["deeds"]}
    assert [set(row) for row in told["tokens"]] == [{"name", "prefix", "role"}]


def test_erased_a_person_is_nowhere_but_the_deeds_stay(people: People) -> None:
    person = busy_manager(people)
    removed = Event.objects.get(kind="partner_id.removed")
    assert {"journal.Operation.subject", "journal.Event.by_label"} <= where(MANAGER)
    erasure = personal_data.erase(person=person, by=people.user("staff").by)
    assert where(MANAGER) == set()
    removed.refresh_from_db()
    assert (removed.by_id, removed.by_label) == (person.pk, erasure.address)
    person.refresh_from_db()
    assert not person.is_active
    assert not Token.objects.filter(user=person, revoked_at=None).exists()
    assert people.manager.get("/").status_code == 302  # signed out


def test_the_only_owner_of_an_account_is_not(people: People) -> None:
    with pytest.raises(Impossible, match="only owner"):
        personal_data.erase(person=people.user("owner"), by=people.user("staff").by)
    with pytest.raises(CommandError, match="only owner"):
        call_command("personal_data", "erase", "owner@northwind.example", stdout=StringIO())


def test_staff_erases_in_the_admin(people: People) -> None:
    sent = {"action": "erase", "_selected_action": [people.user("viewer").pk]}
    people.staff.post("/admin/accounts/user/", sent)
    assert where("viewer@northwind.example") == set()


def test_old_invitations_and_mail_are_forgotten(people: People) -> None:
    people.owner.post("/account/members/", {"email": "guest@x.example", "role": "viewer"})
    assert personal_data.apply_retention() == 0
    Invitation.objects.update(expires_at=now() - timedelta(days=31))
    Operation.objects.update(state=State.DONE, secret=None, finished_at=now() - timedelta(days=181))
    assert personal_data.apply_retention() > 0
    assert where("guest@x.example") - {"journal.Event.data"} == set()
