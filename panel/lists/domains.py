"""All domains in the services of an account."""

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from common.templatetags.marks import badge
from common.templatetags.values import moment
from dnsconfig.health.access import all_domains
from dnsconfig.models import Domain
from panel.lists import cells
from panel.lists.filters import Filters, choice
from panel.lists.listing import Column, Empty, Listing
from tenants.finding import named

STATES = [
    ("added", _("not verified by Microsoft")),
    ("verified", _("verified, records not seen yet")),
    ("configured", _("configured")),
]
GOOD = 90
HEALTH = [
    ("good", _("good (90 or more)")),
    ("poor", _("worse than 90")),
    ("unknown", _("not looked at yet")),
]


class DomainFilters(Filters):
    """By text, state and health."""

    state = choice(_("Status"), STATES)
    health = choice(_("Health"), HEALTH)

    def by_search(self, rows: QuerySet[Domain], text: str) -> QuerySet[Domain]:
        """Domain, zone, service; accents as they are written or as DNS spells them."""
        lower = text.lower()
        try:
            spelled = lower.encode("idna").decode()
        except UnicodeError:
            spelled = lower
        return rows.filter(
            Q(name__icontains=lower) | Q(name__icontains=spelled) | named(text, through="tenant__")
        )

    def by_state(self, rows: QuerySet[Domain], state: str) -> QuerySet[Domain]:
        if state == "configured":
            return rows.filter(configured_at__isnull=False)
        return rows.filter(configured_at=None, verified_at__isnull=state == "added")

    def by_health(self, rows: QuerySet[Domain], health: str) -> QuerySet[Domain]:
        wanted = {
            "good": Q(score__gte=GOOD),
            "poor": Q(score__lt=GOOD),
            "unknown": Q(score__isnull=True),
        }
        return rows.filter(wanted[health])


def _state(domain: Domain) -> str:
    if domain.configured_at:
        return "configured"
    return "verified" if domain.verified_at else "added"


def _state_text(domain: Domain) -> str:
    return str(dict(STATES)[_state(domain)])


def _link(domain: Domain) -> SafeString:
    page = "dnsconfig:health" if domain.configured_at else "dnsconfig:domains"
    names = [domain.tenant.service_name, *([domain.name] if domain.configured_at else [])]
    return format_html('<a href="{}">{}</a>', reverse(page, args=names), domain)


MARKS = {"added": "waiting", "verified": "doing", "configured": "ok"}

COLUMNS: tuple[Column[Domain], ...] = (
    Column("name", _("Domain"), lambda row: row.name, text=str, cell=_link, sort="name"),
    Column(
        "service",
        _("Service"),
        lambda row: row.tenant.display_name,
        cell=lambda row: cells.link(row.tenant, row.tenant.display_name),
        sort="tenant__sort_name",
    ),
    Column(
        "state",
        _("Status"),
        _state,
        text=_state_text,
        cell=lambda row: badge(MARKS[_state(row)], _state_text(row)),
    ),
    Column(
        "score",
        _("Health (of 100)"),
        lambda row: row.score,
        sort="score",
        has_gaps=True,
        is_number=True,
    ),
    Column(
        "checked",
        _("Last look"),
        lambda row: row.checked_at,
        cell=lambda row: moment(row.checked_at),
        sort="checked_at",
        has_gaps=True,
    ),
    Column(
        "services",
        _("Configured for"),
        lambda row: row.services,
        text=lambda row: ", ".join(row.services),
    ),
    Column("zone", _("Zone"), lambda row: row.zone, sort="zone", is_usual=False),
    Column("host", _("DNS host"), lambda row: row.connection.label, sort="connection__label"),
    Column(
        "verified",
        _("Verified by Microsoft"),
        lambda row: row.verified_at,
        cell=lambda row: moment(row.verified_at),
        sort="verified_at",
        has_gaps=True,
        is_usual=False,
    ),
    Column(
        "created",
        _("Created"),
        lambda row: row.created_at,
        cell=lambda row: moment(row.created_at),
        sort="created_at",
        is_usual=False,
    ),
)

DOMAINS: Listing[Domain] = Listing(
    name="domains",
    title=_("Domains"),
    lead=_("Every domain of your customers: what Microsoft says of it, its records, its health."),
    rows=all_domains,
    columns=COLUMNS,
    filters=DomainFilters,
    first_sort="name",
    empty=Empty(
        icon="globe",
        title=_("No domain yet."),
        text=_("Open a service and configure a domain for it: it will be listed here."),
        to="panel:services",
        label=_("To the services"),
    ),
)
