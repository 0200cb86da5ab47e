"""What waits for the provider's staff, over all accounts: the blocks above the admin's index."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import PartnerId, PartnerState, User
from accounts.operations.labels import label_of
from common.clock import microsoft_now
from connections.models import Connection, Health
from journal.models import Operation, State
from sync.models import Drift, FoundCustomer, FoundState
from tenants.models import Delegation, DelegationState, Qualification
from tenants.models.qualifications import DECIDED


@dataclass(frozen=True)
class Line:
    """A number of rows, and the list that shows them."""

    text: str
    count: int
    url: str


@dataclass(frozen=True)
class Block:
    title: str
    lines: tuple[Line, ...]


def blocks_for(user: User) -> list[Block]:
    """Only what this member of staff may look at, and only what there is. One query each."""
    seen = [(permission, find) for permission, find in FINDERS if user.has_perm(permission)]
    found = [find() for _permission, find in seen]
    return [block for block in found if block.lines]


def _operations() -> Block:
    rows = Operation.objects.filter(state=State.ERROR).values_list("kind").annotate(n=Count("pk"))
    lines = (
        Line(label_of(kind), n, _list("journal_operation", state__exact="error", kind__exact=kind))
        for kind, n in rows.order_by("-n", "kind")
    )
    return Block(_("Operations in error"), tuple(lines))


def _partner_ids() -> Block:
    rows = _by_state(PartnerId.objects.filter(state__in=[PartnerState.REFUSED, PartnerState.STAFF]))
    lines = (
        Line(str(PartnerState(state).label), n, _list("accounts_partnerid", state__exact=state))
        for state, n in sorted(rows.items())
    )
    return Block(_("MPN IDs with a problem"), tuple(lines))


def _delegations() -> Block:
    count = Delegation.objects.filter(state=DelegationState.STAFF).count()
    url = _list("tenants_delegation", state__exact=DelegationState.STAFF)
    return Block(_("Delegations"), _line(_("wait for staff's decision"), count, url))


def _qualifications() -> Block:
    count = Qualification.objects.exclude(state__in=DECIDED).count()
    text = _("asked for, not decided by Microsoft yet")
    return Block(_("Qualifications"), _line(text, count, _list("tenants_tenant")))


def _customers() -> Block:
    count = FoundCustomer.objects.filter(state=FoundState.OPEN).count()
    url = _list("sync_foundcustomer", state__exact=FoundState.OPEN)
    return Block(_("Customers without account"), _line(_("wait for staff's decision"), count, url))


def _drifts() -> Block:
    count = Drift.objects.unseen().count()
    url = _list("sync_drift", noted_at__isnull="True")
    return Block(_("Changes made elsewhere"), _line(_("nobody has seen them yet"), count, url))


def _sign_ins() -> Block:
    at, url = microsoft_now(), _list("connections_connection")
    lines = (
        Line(f"{row.alias.upper()}: {Health(row.health(at)).label}", row.days_left(at) or 0, url)
        for row in Connection.objects.all()
        if row.health(at) != Health.GOOD
    )
    return Block(_("Sign-in at Microsoft: days left"), tuple(lines))


def _by_state(rows: QuerySet[PartnerId]) -> Counter[str]:
    return Counter(dict(rows.values_list("state").annotate(n=Count("pk")).order_by()))


def _line(text: str, count: int, url: str) -> tuple[Line, ...]:
    return (Line(text, count, url),) if count else ()


def _list(name: str, **asked: str) -> str:
    query = f"?{urlencode(asked)}" if asked else ""
    return reverse(f"admin:{name}_changelist") + query


FINDERS: list[tuple[str, Callable[[], Block]]] = [
    ("connections.view_connection", _sign_ins),
    ("journal.view_operation", _operations),
    ("accounts.view_partnerid", _partner_ids),
    ("tenants.view_delegation", _delegations),
    ("tenants.view_tenant", _qualifications),
    ("sync.view_foundcustomer", _customers),
    ("sync.view_drift", _drifts),
]
