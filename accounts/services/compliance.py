"""MPN IDs over time: asked about every day, warnings when one turns bad and until grace ends."""

from django.conf import settings
from django.db import transaction

from accounts.models import PartnerId, Topic
from accounts.services.mail import tell_members, tell_staff
from accounts.verdicts import DECIDED
from common.clock import microsoft_now
from journal import services as journal
from journal.people import PORTAL, By

ALL = "partner.check_all"
ENFORCE = "partner.enforce"


@transaction.atomic
def plan_partner_checks() -> int:
    """One question about all MPN IDs per market and day, by Microsoft's clock.

    Returns the number of markets.
    """
    today = microsoft_now().date().isoformat()
    rows = PartnerId.objects.to_recheck().order_by()
    markets = list(rows.values_list("account__region", flat=True).distinct())
    for market in markets:
        journal.ask(
            kind=ALL,
            account_id=None,
            subject=f"partners:{market}",
            params={"market": market},
            once=f"{ALL}:{market}:{today}",
            by=PORTAL,
        )
    return len(markets)


def warn_of_grace() -> int:
    """Warn once for each of MPN_WARNING_DAYS before the end of grace; returns how many IDs."""
    at = microsoft_now()
    rows = PartnerId.objects.in_grace(at).select_related("account")
    return sum(_warn_if_due(partner, partner.days_left(at) or 0) for partner in rows)


@transaction.atomic
def _warn_if_due(partner: PartnerId, days: int) -> bool:
    due = [limit for limit in settings.MPN_WARNING_DAYS if days <= limit]
    if not due or not partner.warn(min(due)):
        return False
    journal.record(
        kind="partner_id.grace_ends",
        account_id=partner.account_id,
        subject=partner.key,
        data={"mpn_id": partner.mpn_id, "days": days},
    )
    warn_now(partner, days=days)
    return True


def warn_now(partner: PartnerId, days: int | None = None) -> None:
    """S2: nobody should learn from a refused order that an MPN ID has stopped being valid.

    `days` that are left; None: it has just turned bad.
    """
    context = {"partner": partner, "days": days}
    tell_members(
        account=partner.account,
        topic=Topic.COMPLIANCE,
        template="partner_invalid",
        context=context,
        place=partner.key,
    )
    if partner.code not in DECIDED:  # that was staff's own doing
        tell_staff(template="partner_invalid", context=context)


def ask_to_enforce(partner: PartnerId, by: By) -> None:
    """Its services are closed or reopened, as its state now demands, by those who know them."""
    if partner.tenants.exists():
        journal.ask(
            kind=ENFORCE,
            account_id=partner.account_id,
            subject=partner.key,
            params={"partner_id": partner.pk},
            by=by,
        )
