"""What is sold, to whom, and under which MPN IDs."""

from datetime import timedelta

from django.db.models import Count, Exists, OuterRef, Q, Sum
from django.db.models.functions import TruncDate
from django.utils.formats import date_format
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Account, PartnerId, PartnerState, Region
from common.templatetags.values import money
from orders.models import Order
from panel.dashboards.board import Board, Row, counted, list_of, share
from subscriptions.models import Status, Subscription
from subscriptions.spend import with_monthly
from tenants.models import Tenant, TenantState

DAYS = 30


def orders_per_day() -> Board:
    """Of the last thirty days, today included, in the time zone of the page."""
    at = now()
    days = [(at - timedelta(days=n)).date() for n in range(DAYS - 1, -1, -1)]
    rows = Order.objects.filter(placed_at__gte=at - timedelta(days=DAYS))
    by_day = rows.annotate(day=TruncDate("placed_at")).values_list("day").annotate(n=Count("pk"))
    found = dict(by_day.order_by())
    longest = max(found.values(), default=0)
    shown = tuple(
        Row(date_format(day, "d/m"), (str(found.get(day, 0)),), share(found.get(day, 0), longest))
        for day in days
    )
    total = sum(found.values())
    note = ngettext("%(n)s order in 30 days.", "%(n)s orders in 30 days.", total) % {"n": total}
    return Board(_("Orders per day"), (_("Day"), _("Orders")), shown, note, is_long=True)


def accounts() -> Board:
    """Every account once per line it fits; nothing stops an account as a whole."""
    services = Tenant.objects.filter(account=OuterRef("pk"))
    running = Exists(services.filter(state=TenantState.OK))
    stopped = Exists(services.filter(state__in=[TenantState.SUSPENDING, TenantState.SUSPENDED]))
    found = Account.objects.annotate(
        runs=running, stands=stopped, has_any=Exists(services)
    ).aggregate(
        all=Count("pk"),
        running=Count("pk", filter=Q(runs=True)),
        stopped=Count("pk", filter=Q(stands=True)),
        none=Count("pk", filter=Q(has_any=False)),
        new=Count("pk", filter=Q(created_at__gte=now() - timedelta(days=DAYS))),
    )
    url = list_of("accounts_account")
    lines = [
        (_("all"), found["all"], url),
        (_("with a running service"), found["running"], url),
        (_("with a suspended service"), found["stopped"], url),
        (_("without a service"), found["none"], url),
        (_("opened in 30 days"), found["new"], url),
    ]
    return Board(_("Accounts"), (_("Accounts"), _("Count")), counted(lines))


def partner_ids() -> Board:
    """By state; the board behind each line says what to do."""
    rows = PartnerId.objects.exclude(state=PartnerState.REMOVED)
    found = dict(rows.values_list("state").annotate(n=Count("pk")).order_by())
    lines = [
        (str(state.label), found[state], list_of("accounts_partnerid", state__exact=state))
        for state in PartnerState
        if state in found
    ]
    return Board(_("MPN IDs"), (_("State"), _("Count")), counted(lines))


def value() -> Board:
    """Active seats, and what they cost the resellers in a month."""
    rows = with_monthly(Subscription.objects.filter(status=Status.ACTIVE)).order_by()
    sums = (
        rows.values("tenant__account__region", "currency")
        .annotate(seats=Sum("quantity"), monthly=Sum("monthly"))
        .order_by("tenant__account__region", "currency")
    )
    found = list(sums)
    longest = max((row["seats"] for row in found), default=0)
    shown = tuple(
        Row(
            f"{_region(row['tenant__account__region'])}, {row['currency']}",
            (str(row["seats"]), money(row["monthly"], row["currency"])),
            share(row["seats"], longest),
        )
        for row in found
    )
    heads = (_("Region and currency"), _("Licences"), _("Per month"))
    note = _("What resellers pay; a yearly payment counts a twelfth, trials nothing.")
    return Board(_("Licences and their value"), heads, shown, note)


def _region(word: str) -> str:
    return str(Region(word).label) if word in Region.values else word
