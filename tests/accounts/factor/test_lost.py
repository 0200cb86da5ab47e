"""A lost device: staff takes the factor away, the person is told."""

from collections.abc import Callable
from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.core.management import CommandError, call_command

from accounts.second_factor.rotation import rotate_factors
from journal.models import Event
from tests.accounts.factor.app import SECOND_STEP, code_of, is_in, set_up, sign_in
from tests.people import People


def test_staff_removes_it_and_the_person_is_told(
    people: People, run_journal: Callable[..., int]
) -> None:
    set_up(people.owner)
    run_journal()
    sent = {"action": "remove_factors", "_selected_action": [people.user("owner").pk]}
    people.staff.post("/admin/accounts/user/", sent)
    assert not Authenticator.objects.exists()
    run_journal()
    assert mail.outbox[-1].subject == "Your second factor was removed"
    assert mail.outbox[-1].to == ["owner@northwind.example"]
    event = Event.objects.filter(kind="person.factor_removed").latest("pk")
    assert event.by_label == "staff@portal.example"
    assert is_in(sign_in("owner@northwind.example"))


def test_nothing_is_said_of_people_without_one(people: People) -> None:
    sent = {"action": "remove_factors", "_selected_action": [people.user("owner").pk]}
    people.staff.post("/admin/accounts/user/", sent)
    assert not Event.objects.filter(kind="person.factor_removed").exists()


def test_the_operator_helps_when_nobody_of_staff_can(people: People) -> None:
    set_up(people.staff)
    call_command("remove_factors", "Staff@portal.example", stdout=StringIO())
    assert not Authenticator.objects.exists()
    assert Event.objects.filter(kind="person.factor_removed", by_label="operator").exists()
    with pytest.raises(CommandError, match="Nobody"):
        call_command("remove_factors", "staff@portal.example", stdout=StringIO())


def test_staff_never_sees_the_secrets(people: People) -> None:
    assert people.staff.get("/admin/mfa/authenticator/").status_code == 404


def test_keys_are_rotated_and_codes_stay_good(people: People) -> None:
    key = set_up(people.owner)
    before = list(Authenticator.objects.order_by("pk").values_list("data", flat=True))
    assert rotate_factors() == 2
    after = list(Authenticator.objects.order_by("pk").values_list("data", flat=True))
    assert all(old != new for old, new in zip(before, after, strict=True))
    browser = sign_in("owner@northwind.example")
    browser.post(SECOND_STEP, {"code": code_of(key)})
    assert is_in(browser)
