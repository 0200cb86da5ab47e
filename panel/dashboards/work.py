"""What the portal does elsewhere, and how well it is answered."""

from collections import Counter

from django.db.models import Count, Max, Min
from django.utils.timezone import now
from django.utils.translation import gettext as _

from common.templatetags.values import duration
from journal.models import Attempt, Operation, State
from panel.dashboards.board import Board, Row, counted, list_of, share
from panel.doctor.work import MAILS
from sync.models import Sweep

LAST_ATTEMPTS = 5000
UNFINISHED = (State.TODO, State.DOING, State.ERROR)
ANSWERS = ("done", "Refused", "AlreadyDone")
"""A refusal is an answer: the other side works."""
MAIL, DNS = ("notice.", "tenant.mail_", "delegation.mail_"), ("dns.",)
OURS = ("bulk.", "cashback.", "export.", "report.", "upload.")


def operations() -> Board:
    """What is not finished, and since when the oldest waits."""
    rows = Operation.objects.filter(state__in=UNFINISHED).values_list("state")
    found = {state: (n, at) for state, n, at in rows.annotate(Count("pk"), Min("created_at"))}
    longest = max((n for n, _at in found.values()), default=0)
    shown = tuple(
        Row(
            str(state.label),
            (str(found[state][0]), duration(int((now() - found[state][1]).total_seconds()))),
            share(found[state][0], longest),
            list_of("journal_operation", state__exact=state),
        )
        for state in UNFINISHED
        if state in found
    )
    heads = (_("State"), _("Count"), _("The oldest"))
    return Board(_("Unfinished operations"), heads, shown)


def errors_per_system() -> Board:
    """Of the last attempts, how many got no answer that says something."""
    last = Attempt.objects.order_by("-pk").values_list("operation__kind", "outcome")
    tried: Counter[str] = Counter()
    failed: Counter[str] = Counter()
    for kind, outcome in last[:LAST_ATTEMPTS]:
        system = _system(kind)
        tried[system] += 1
        failed[system] += outcome not in ANSWERS
    shown = tuple(
        Row(system, (str(n), f"{100 * failed[system] / n:.1f} %"), round(100 * failed[system] / n))
        for system, n in sorted(tried.items())
    )
    note = _("Of the last %(n)s attempts. A refusal is an answer.") % {"n": sum(tried.values())}
    heads = (_("System"), _("Attempts"), _("Without answer"))
    return Board(_("Errors per remote system"), heads, shown, note)


def mails() -> Board:
    """Letters that wait, or that no server took."""
    rows = Operation.objects.filter(kind__in=MAILS, state__in=UNFINISHED)
    found = dict(rows.values_list("state").annotate(n=Count("pk")).order_by())
    url = list_of("journal_operation", kind__exact="notice.mail")
    lines = [(str(State(state).label), n, url) for state, n in sorted(found.items())]
    return Board(_("Mails not sent"), (_("State"), _("Count")), counted(lines))


def sweeps() -> Board:
    """When all customers of a region were last compared with Microsoft."""
    rows = Sweep.objects.exclude(ended_at=None).values_list("market").annotate(at=Max("ended_at"))
    shown = tuple(
        Row(market.upper(), (duration(int((now() - at).total_seconds())),), None)
        for market, at in rows.order_by("market")
    )
    heads = (_("Region"), _("Ago"))
    return Board(_("Last comparison with Microsoft"), heads, shown)


def _system(kind: str) -> str:
    if kind.startswith(MAIL):
        return _("Mail server")
    if kind.startswith(DNS):
        return _("DNS zones and servers")
    return _("The portal itself") if kind.startswith(OURS) else "Microsoft"
