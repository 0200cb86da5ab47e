"""Cancelling that hurts: the name is typed, and the person proves once more who they are."""

from typing import Any

from django.test import Client

from accounts.second_factor import grave
from journal.models import Operation
from subscriptions.models import Subscription
from tests.accounts.factor.app import FACTOR, code_of, prove_by_password, set_up
from tests.people import PASSWORD, People
from tests.stories.form import Form

PROVE = "/sign-in/reauthenticate/"


def asked(row: Subscription) -> int:
    return Operation.objects.filter(subject=row.key, kind="subscription.cancel").count()


def confirm(browser: Client, address: str, **typed: str) -> Any:
    page = browser.get(address).content.decode()
    return browser.post(address, {**Form(page).values, "confirm": "1", **typed})


def test_the_last_one_of_a_service_takes_its_name_and_the_password(
    people: People, subscription: Subscription
) -> None:
    address = f"/subscriptions/{subscription.pk}/cancel/"
    manager = people.manager
    page = manager.get(address).content.decode()
    assert "It is the last subscription of this service" in page
    assert f"Type <strong>{subscription.name}</strong> to confirm" in page
    assert "asked for your password" in page

    for wrong, sentence in (("", "Type the name to confirm."), ("Contoso", "This is another name")):
        answer = confirm(manager, address, typed_name=wrong)
        assert answer.status_code == 422
        assert sentence in answer.content.decode()
    prove = confirm(manager, address, typed_name=subscription.name.upper())["Location"]
    assert prove == f"{PROVE}?next={address.replace('/', '%2F')}"
    assert asked(subscription) == 0

    assert manager.post(prove, {"password": PASSWORD})["Location"] == address
    filled = manager.get(address).content.decode()
    assert Form(filled).values["typed_name"] == subscription.name.upper()
    assert "a moment ago" in filled
    assert asked(subscription) == 0
    assert manager.post(address, {**Form(filled).values, "confirm": "1"}).status_code == 302
    assert asked(subscription) == 1


def test_who_has_a_second_factor_proves_with_it(
    people: People, subscription: Subscription, monkeypatch: Any
) -> None:
    address = f"/subscriptions/{subscription.pk}/cancel/"
    owner = people.owner
    key = set_up(owner)
    session = owner.session
    del session["account_authentication_methods"]
    session.save()

    prove_by_password(owner)
    way = confirm(owner, address, typed_name=subscription.name)["Location"]
    assert way.startswith(FACTOR + "reauthenticate/")
    assert "a password is not enough" in owner.get(way).content.decode()
    assert asked(subscription) == 0
    owner.post(way, {"code": code_of(key, steps=1)})
    monkeypatch.setattr(grave, "FRESH", -1)
    assert "reauthenticate" in confirm(owner, address, typed_name=subscription.name)["Location"]
    monkeypatch.undo()
    assert "Location" in confirm(owner, address, typed_name=subscription.name)
    assert asked(subscription) == 1


def test_one_of_several_is_a_second_look_unless_it_is_dear(
    people: People, subscription: Subscription
) -> None:
    another = Subscription.objects.get()
    another.pk, another.microsoft_id = None, "00000000-0000-4000-8000-000000000001"
    another.save()
    address = f"/subscriptions/{subscription.pk}/cancel/"
    assert "typed_name" not in people.manager.get(address).content.decode()
    account = people.northwind.account
    account.approval_above = 1
    account.save()
    assert "It is worth more than €1.00." in people.manager.get(address).content.decode()
    account.approval_above = None
    account.save()
    assert confirm(people.manager, address).status_code == 302
    assert asked(subscription) == 1


def test_a_token_carries_its_own_proof(people: People, subscription: Subscription) -> None:
    answer = people.api("manager").post(f"/api/v1/subscriptions/{subscription.pk}/cancel")
    assert answer.status_code == 202
    assert asked(subscription) == 1
