"""The pages: what it does before it is confirmed, what can be had instead, who may."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from common import clock
from journal.models import Operation
from subscriptions import services
from subscriptions.models import Status, Subscription
from tests.people import People
from tests.stories.form import Form
from tests.subscriptions.conftest import Buy

Run = Callable[..., int]


def turn(world: Any, **ahead: int) -> None:
    world.offset += timedelta(**ahead)
    clock.note_offset(world.offset)


def send(browser: Client, address: str, expect: int = 200, **typed: str) -> str:
    answer = browser.post(address, typed)
    assert answer.status_code == expect, answer.content.decode()
    return answer.content.decode()


def confirm(browser: Client, address: str, page: str) -> None:
    """The button under the preview."""
    fields = {**Form(page).values, "confirm": "1"}
    assert browser.post(address, fields).status_code == 302


def test_more_seats_are_shown_in_money_before_they_are_bought(
    people: People, subscription: Subscription, sandbox: Any, run_journal: Run
) -> None:
    address = f"/subscriptions/{subscription.pk}/seats/"
    page = send(people.manager, address, quantity="8")
    today = services.preview(
        subscription=subscription, change=services.changes.SetSeats(quantity=8)
    )
    assert f"€{today.amount_now}" in page
    assert "can be given back only at the renewal" in page
    assert not Operation.objects.filter(subject=subscription.key).exists()
    confirm(people.manager, address, page)
    run_journal(skip_pauses=True)
    subscription.refresh_from_db()
    assert subscription.quantity == 8


def test_amounts_that_changed_while_the_page_stood_open_are_shown_again(
    people: People, subscription: Subscription, sandbox: Any
) -> None:
    address = f"/subscriptions/{subscription.pk}/seats/"
    page = send(people.manager, address, quantity="8")
    turn(sandbox, days=2)
    fields = {**Form(page).values, "confirm": "1"}
    again = send(people.manager, address, 422, **fields)
    assert "The amounts have changed since you looked" in again
    assert Form(again).values["seen_now"] != fields["seen_now"]
    assert not Operation.objects.filter(subject=subscription.key).exists()
    confirm(people.manager, address, again)


def test_fewer_seats_on_day_eight_are_one_click_from_the_renewal(
    people: People, subscription: Subscription, sandbox: Any, run_journal: Run
) -> None:
    turn(sandbox, days=8)
    page = send(people.manager, f"/subscriptions/{subscription.pk}/seats/", 422, quantity="2")
    assert "the 7-day window is closed" in page
    assert "It becomes possible at the renewal on" in page
    assert "Schedule 2 licences for the renewal after" in page
    address = f"/subscriptions/{subscription.pk}/schedule/"
    assert f'action="{address}"' in page
    page = send(people.manager, address, quantity="2")
    assert "makes Microsoft forget this" in page
    confirm(people.manager, address, page)
    run_journal(skip_pauses=True)
    shown = people.viewer.get(f"/subscriptions/{subscription.pk}/").content.decode()
    assert "2 licences" in shown
    calendar = people.viewer.get("/renewals/").content.decode()
    assert "€9.40" in calendar  # 2 × 4.70


def test_cancelling_too_late_leads_to_the_end_of_the_term(
    people: People, subscription: Subscription, sandbox: Any
) -> None:
    address = f"/subscriptions/{subscription.pk}/cancel/"
    assert "Confirm: Cancel the subscription" in people.manager.get(address).content.decode()
    turn(sandbox, days=8)
    page = people.manager.get(address).content.decode()
    assert "The 7-day window for cancelling is closed" in page
    assert "Confirm:" not in page
    assert f'action="/subscriptions/{subscription.pk}/end/"' in page
    send(people.manager, address, 422, confirm="1")


@pytest.mark.parametrize("choice", ["cancel", "extend"])
def test_the_end_of_the_term_is_one_explicit_choice(
    people: People, subscription: Subscription, run_journal: Run, choice: str
) -> None:
    address = f"/subscriptions/{subscription.pk}/end/"
    page = send(people.manager, address, choice=choice)
    said = {"cancel": "it is expired", "extend": "goes on month by month at"}
    assert said[choice] in page
    confirm(people.manager, address, page)
    run_journal(skip_pauses=True)
    subscription.refresh_from_db()
    assert (subscription.end_choice, subscription.auto_renew) == (choice, False)


def test_nobody_chose(people: People, subscription: Subscription) -> None:
    Subscription.objects.update(auto_renew=False, end_choice="")
    page = people.viewer.get(f"/subscriptions/{subscription.pk}/").content.decode()
    assert "nobody has chosen what happens instead" in page
    service = people.viewer.get(subscription.tenant.get_absolute_url()).content.decode()
    assert "choose its end" in service
    assert people.viewer.get("/renewals/?outlook=undecided").content.decode().count("/end/") == 0
    assert people.manager.get("/renewals/?outlook=undecided").content.decode().count("/end/") == 1


def test_every_page_of_change_opens_and_says_why_not(
    people: People, subscription: Subscription
) -> None:
    for page in ("seats", "cancel", "suspend", "rename", "end", "schedule", "plan", "upgrade"):
        answer = people.manager.get(f"/subscriptions/{subscription.pk}/{page}/")
        assert answer.status_code == 200, page
    for state in (Status.DELETED, Status.EXPIRED, "new_status"):
        Subscription.objects.update(status=state)
        for page in ("cancel", "suspend", "reactivate", "unschedule"):
            answer = people.manager.get(f"/subscriptions/{subscription.pk}/{page}/")
            assert "Confirm:" not in answer.content.decode(), (state, page)
        assert people.viewer.get(f"/subscriptions/{subscription.pk}/").status_code == 200


def test_an_operator_renames_and_nothing_typed_is_lost(
    people: People, subscription: Subscription, run_journal: Run
) -> None:
    address = f"/subscriptions/{subscription.pk}/rename/"
    page = send(people.operator, address, 422, name=" ")
    assert "This field is required." in page
    assert people.operator.post(address, {"name": "Sales team"}).status_code == 302
    run_journal(skip_pauses=True)
    assert Subscription.objects.get().name == "Sales team"


def test_an_upgrade_of_what_microsoft_allows(
    people: People, subscription: Subscription, sandbox: Any, run_journal: Run
) -> None:
    address = f"/subscriptions/{subscription.pk}/upgrade/"
    page = people.manager.get(address).content.decode()
    standard = "CFQ7TTC0LDPB:0001"
    assert f'value="{standard}"' in page
    page = send(people.manager, address, product=standard, quantity="2")
    assert "No new 7-day window opens" in page
    confirm(people.manager, address, page)
    run_journal(skip_pauses=True)
    rows = {row.name: row for row in Subscription.objects.all()}
    assert {name: row.quantity for name, row in rows.items()} == {
        "Microsoft 365 Business Basic": 1,
        "Microsoft 365 Business Standard": 2,
    }
    made = rows["Microsoft 365 Business Standard"]
    assert made.licence is not None
    assert made.unit_price == made.licence.prices.get(term="P1Y", billing_cycle="Monthly").amount
    assert made.origin == "here"


def test_microsoft_is_away(people: People, subscription: Subscription, sandbox: Any) -> None:
    from sandbox.faults import Fault

    fault = {"method": "GET", "path": "transitionEligibilities", "kind": "status", "status": 503}
    sandbox.faults.add(Fault.from_json({**fault, "times": -1}))
    page = people.manager.get(f"/subscriptions/{subscription.pk}/upgrade/").content.decode()
    assert "Microsoft cannot be asked right now" in page
    assert people.manager.get(f"/subscriptions/{subscription.pk}/").status_code == 200


def test_a_trial_shows_what_it_becomes_by_itself(
    people: People, buy: Buy, sandbox: Any, run_journal: Run
) -> None:
    trial = buy("Microsoft 365 Business Premium (Trial)", 25, "P1M")
    assert trial.is_trial
    page = people.viewer.get(f"/subscriptions/{trial.pk}/").content.decode()
    assert "it becomes a paid subscription of 25 licences by itself" in page
    address = f"/subscriptions/{trial.pk}/trial/"
    page = send(people.manager, address, quantity="3", plan="P1Y|Monthly")
    confirm(people.manager, address, page)
    run_journal(skip_pauses=True)
    trial.refresh_from_db()
    assert trial.scheduled["quantity"] == 3


def test_the_calendar_has_pages_filters_and_few_queries(
    people: People,
    subscription: Subscription,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    copies = []
    for number in range(60):
        row = Subscription.objects.get(pk=subscription.pk)
        row.pk, row.microsoft_id = None, f"00000000-0000-4000-8000-{number:012d}"
        copies.append(row)
    Subscription.objects.bulk_create(copies)
    people.manager.get("/renewals/")
    with django_assert_max_num_queries(14):
        page = people.manager.get("/renewals/?page=2").content.decode()
    assert page.count("/end/") == 25
    ends = subscription.commitment_ends_at
    assert ends is not None
    assert (
        people.viewer.get(f"/renewals/?month={ends:%Y-%m}").content.decode().count("<th scope") > 25
    )
    assert "No term ends here." in people.viewer.get("/renewals/?month=2001-01").content.decode()
    assert "Enter year and month" in people.viewer.get("/renewals/?month=soon").content.decode()
    assert "No term ends here." in people.stranger.get("/renewals/").content.decode()
