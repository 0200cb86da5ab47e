"""Who learns of a change that waits: the journal, and the person who asked."""

from django.conf import settings

from accounts.services import post_notice
from journal import services as journal
from journal.people import By
from subscriptions.models import Subscription
from subscriptions.waiting.asked import OUTCOMES, WaitingChange


def record(
    subscription: Subscription, waiting: WaitingChange, kind: str, by: By, **data: object
) -> None:
    """Write an event of the subscription that tells what was asked for."""
    asked = {"name": waiting.name, "change": waiting.step.params["change"]}
    journal.record(
        kind=kind,
        account_id=subscription.tenant.account_id,
        subject=subscription.key,
        listed_under=subscription.tenant.key,
        data={**asked, "amount": str(waiting.amount), "currency": waiting.currency, **data},
        by=by,
        operation=waiting.step,
    )


def tell_asker(
    subscription: Subscription, waiting: WaitingChange, kind: str, by: By, reason: str
) -> None:
    """A mail to the person who asked, while they are a member. `kind`: of the event."""
    account = subscription.tenant.account
    rows = account.memberships.filter(user_id=waiting.by.user_id or 0, user__is_active=True)
    decided = {"outcome": OUTCOMES[kind], "decided_by": by.label, "reason": reason}
    for membership in rows.select_related("user"):
        post_notice(
            to=membership.user.email,
            template="change_decided",
            language=membership.user.language,
            context={**context_of(subscription, waiting), **decided},
            by=by,
            account_id=account.pk,
        )


def context_of(subscription: Subscription, waiting: WaitingChange) -> dict[str, object]:
    """What a mail about it is written with."""
    link = f"{settings.PORTAL_URL}{waiting.get_absolute_url()}"
    return {"waiting": waiting, "tenant": subscription.tenant, "link": link}
