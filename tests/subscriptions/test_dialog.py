"""The pencil's form over the page: the same page and rules, without its frame."""

from collections.abc import Callable
from typing import Any

from django.test import Client

from journal.models import Operation
from subscriptions.models import Subscription
from tests.people import People
from tests.stories.form import Form

DIALOG = {"HX-Request": "true", "HX-Target": "dialog-body"}


def test_the_same_form_without_its_frame(
    people: People, subscription: Subscription, run_journal: Callable[..., int]
) -> None:
    address = f"/subscriptions/{subscription.pk}/seats/"
    service = subscription.tenant.get_absolute_url()
    assert f'href="{address}" data-dialog' in people.manager.get(service).content.decode()
    assert f'href="{address}" data-dialog' not in people.viewer.get(service).content.decode()
    whole = people.manager.get(address)
    part = people.manager.get(address, headers=DIALOG)
    assert b"<html" in whole.content and b'id="dialog-title"' not in whole.content
    assert b"<html" not in part.content and b'id="dialog-title"' in part.content
    assert part.headers["Cache-Control"] == "no-store"
    assert Form(part.content.decode()).values["quantity"] == "3"

    wrong = people.manager.post(address, {"quantity": "0"}, headers=DIALOG)
    assert wrong.status_code == 422 and b'aria-invalid="true"' in wrong.content
    shown = people.manager.post(address, {"quantity": "8"}, headers=DIALOG)
    page = shown.content.decode()
    assert "Can be given back until" in page and "Then impossible until" in page
    assert not Operation.objects.filter(subject=subscription.key).exists()
    sure = people.manager.post(address, {**Form(page).values, "confirm": "1"}, headers=DIALOG)
    assert (sure.status_code, sure.headers["HX-Redirect"]) == (204, service)
    assert b"The change is under way." in people.manager.get(service).content
    run_journal(skip_pauses=True)
    subscription.refresh_from_db()
    assert subscription.quantity == 8


def test_names_and_mpn_ids_are_changed_there(people: People, subscription: Subscription) -> None:
    service = subscription.tenant.get_absolute_url()
    for page, typed in (("rename", {"display_name": "Sales"}), ("mpn-id", {})):
        address = f"{service}{page}/"
        part = people.owner.get(address, headers=DIALOG)
        assert b"<html" not in part.content and b'id="dialog-title"' in part.content, page
        if typed:
            sure = people.owner.post(address, typed, headers=DIALOG)
            assert (sure.status_code, sure.headers["HX-Redirect"]) == (204, service)


def test_who_may_not_reads_why_and_who_is_gone_signs_in(
    people: People, subscription: Subscription
) -> None:
    address = f"/subscriptions/{subscription.pk}/seats/"
    refused = people.viewer.get(address, headers=DIALOG)
    assert refused.status_code == 403 and b"<html" not in refused.content
    assert b"You may look, but not change this." in refused.content
    assert people.stranger.get(address, headers=DIALOG).status_code == 404
    gone = Client()
    for answer in (gone.get(address, headers=DIALOG), gone.post(address, {}, headers=DIALOG)):
        assert answer.status_code == 204
        assert answer.headers["HX-Redirect"] == f"/sign-in/login/?next={address}"


def test_other_parts_of_pages_are_as_they_were(people: People, subscription: Any) -> None:
    """Only what asks for the dialog is led elsewhere by a header."""
    answer = Client().get("/home/", headers={"HX-Request": "true", "HX-Target": "tasks"})
    assert answer.status_code == 302 and "HX-Redirect" not in answer.headers
