"""One handler per kind of change; params: `subscription`, `change` (the wish), `preview`."""

from collections.abc import Callable
from functools import partial
from typing import cast

from journal.work import Done, Wait, Work
from partnercenter import requests
from partnercenter.types import Renewal
from partnercenter.types import Subscription as Shown
from subscriptions.models import Status
from subscriptions.remote.facts import cycle, next_term
from subscriptions.remote.patch import carry_out, wish_of
from subscriptions.rules import changes


def seats(work: Work) -> Done | Wait:
    """`subscription.change_seats`: the new total."""
    wish = cast(changes.SetSeats, wish_of(work))
    build = partial(requests.change_seats, quantity=wish.quantity)
    return carry_out(work, build, lambda shown: shown.quantity == wish.quantity)


def cancel(work: Work) -> Done | Wait:
    """`subscription.cancel`: with all its seats, at once."""
    return carry_out(work, requests.cancel_subscription, has_status(Status.DELETED))


def suspend(work: Work) -> Done | Wait:
    """`subscription.suspend`: users are locked out, billing goes on."""
    return carry_out(work, requests.suspend_subscription, has_status(Status.SUSPENDED))


def reactivate(work: Work) -> Done | Wait:
    """`subscription.reactivate`."""
    return carry_out(work, requests.reactivate_subscription, has_status(Status.ACTIVE))


def rename(work: Work) -> Done | Wait:
    """`subscription.rename`: the name that people see."""
    wish = cast(changes.Rename, wish_of(work))
    build = partial(requests.rename_subscription, name=wish.name)
    return carry_out(work, build, lambda shown: shown.friendly_name == wish.name)


def choose_end(work: Work) -> Done | Wait:
    """`subscription.choose_end`: renew, cancel or extend, said explicitly."""
    wish = cast(changes.ChooseEnd, wish_of(work))
    build = partial(requests.choose_renewal, choice=cast(Renewal, wish.choice))
    return carry_out(work, build, partial(ends_by, wish.choice))


def clear_schedule(work: Work) -> Done | Wait:
    """`subscription.clear_schedule`: it renews as it is."""
    return carry_out(work, requests.clear_schedule, lambda shown: next_term(shown) is None)


def change_plan(work: Work) -> Done | Wait:
    """`subscription.change_plan`: a longer term, or another way of paying."""
    wish = cast(changes.ChangePlan, wish_of(work))
    term, billing_cycle = wish.term, wish.billing_cycle
    build = partial(requests.change_plan, term=term, billing_cycle=billing_cycle)
    return carry_out(
        work,
        build,
        lambda shown: (shown.term_duration, cycle(shown.billing_cycle)) == (term, billing_cycle),
    )


def has_status(status: str) -> Callable[[Shown], bool]:
    return lambda shown: shown.status == status


def ends_by(choice: str, shown: Shown) -> bool:
    return shown.end_choice == choice and shown.auto_renew is (choice == "renew")
