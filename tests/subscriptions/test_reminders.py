"""Two days before seats can no longer be given back, those who chose so are told, once."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from inbox.models import Notification
from journal.models import Event
from subscriptions import reminders
from subscriptions.contracts import batches
from subscriptions.models import Subscription


def test_a_window_that_closes_and_a_term_nobody_decided(
    subscription: Subscription, monkeypatch: pytest.MonkeyPatch
) -> None:
    def at(moment: datetime) -> Callable[[], datetime]:
        monkeypatch.setattr("subscriptions.reminders.microsoft_now", lambda: moment)
        return reminders.remind

    (batch,) = batches(subscription)
    assert at(batch.until - timedelta(hours=49))() == 0, "too early"
    remind = at(batch.until - timedelta(hours=47))
    assert (remind(), remind()) == (1, 0)
    row = Notification.objects.get(event__kind=reminders.WINDOW, membership__role="manager")
    assert (row.topic, row.way) == ("windows", "mail")
    assert row.target == f"/subscriptions/{subscription.pk}/"
    assert subscription.name in row.about and subscription.tenant.display_name in row.about
    assert at(batch.until + timedelta(minutes=1))() == 0, "too late"
    ends = subscription.commitment_ends_at
    assert ends is not None
    soon = ends - timedelta(days=20)
    assert at(soon)() == 0, "it renews by itself"
    Subscription.objects.filter(pk=subscription.pk).update(auto_renew=False, end_choice="")
    assert (at(soon)(), at(soon)()) == (1, 0)
    assert Event.objects.filter(kind=reminders.RENEWAL).count() == 1
