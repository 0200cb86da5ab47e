"""The journal: whether what is due gets done."""

from datetime import datetime, timedelta

from django.db.models import Count, Min
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.operations.labels import label_of
from common.templatetags.values import duration
from journal import pulse
from journal.models import OPEN, NextActor, Operation
from journal.models import State as Stands
from panel.doctor.findings import Finding, State, ok

LATE, VERY_LATE = timedelta(minutes=1), timedelta(minutes=10)
ROUNDS = {"sweep": timedelta(minutes=1), "plan_daily": timedelta(minutes=20)}
"""After how long a round of the schedule is overdue."""
MAILS = ("notice.mail", "tenant.mail_welcome", "tenant.mail_password", "delegation.mail_link")
OPERATIONS = "admin:journal_operation_changelist"


def lag() -> Finding:
    """Since when the oldest operation that could be done waits for a worker."""
    at = now()
    oldest = Operation.objects.due(at).aggregate(at=Min("not_before"))["at"]
    waited = at - oldest if oldest else timedelta(0)
    if waited < LATE:
        return ok(_("What is due is done at once."))
    text = _("The oldest operation that is due has waited for %(time)s.")
    return Finding(
        State.FAILED if waited >= VERY_LATE else State.WARNING,
        text % {"time": duration(int(waited.total_seconds()))},
        _("Start more workers, or look why they do not work."),
        link=OPERATIONS,
    )


def queue() -> Finding:
    """How much is open, by kind."""
    rows = Operation.objects.filter(state__in=OPEN).values_list("kind").annotate(n=Count("pk"))
    counts = sorted(((n, kind) for kind, n in rows.order_by()), reverse=True)
    total = sum(n for n, _kind in counts)
    if not total:
        return ok(_("No operation is open."))
    text = ngettext("%(n)d operation is open.", "%(n)d operations are open.", total)
    return ok(text % {"n": total}, *(f"{label_of(kind)}: {n}" for n, kind in counts[:20]))


def errors() -> Finding:
    """What stopped until somebody acts, by kind."""
    failed = Operation.objects.filter(state=Stands.ERROR).exclude(kind__in=MAILS)
    rows = failed.values_list("kind", "next_actor").annotate(n=Count("pk")).order_by()
    counts: dict[str, int] = {}
    for kind, _actor, n in rows:
        counts[kind] = counts.get(kind, 0) + n
    staffs = sum(n for _kind, actor, n in rows if actor == NextActor.STAFF)
    if not counts:
        return ok(_("No operation is in error."))
    total = sum(counts.values())
    most = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    text = ngettext("%(n)d operation is in error.", "%(n)d operations are in error.", total)
    told = ngettext("%(n)d waits for staff.", "%(n)d wait for staff.", staffs) % {"n": staffs}
    return Finding(
        State.WARNING if staffs else State.OK,
        f"{text % {'n': total}} {told}",
        _("Read what each says, mend it, then try it again.") if staffs else "",
        tuple(f"{label_of(kind)}: {n}" for kind, n in most[:20]),
        OPERATIONS,
    )


def schedule() -> Finding:
    """Whether beat rings and a worker hears it."""
    at = now()
    last = {name: pulse.last(name) for name in ROUNDS}
    details = tuple(f"{name}: {_ago(seen, at)}" for name, seen in last.items())
    to_do = _("Start celery -A reseller_portal beat, once, and a worker.")
    if last["sweep"] is None:
        text = _("No round of the schedule was seen since the cache was started.")
        return Finding(State.UNKNOWN, text, to_do, details)
    late = [name for name, seen in last.items() if seen and at - seen > ROUNDS[name]]
    if late:
        return Finding(State.FAILED, _("The schedule does not run."), to_do, details)
    return ok(_("The schedule runs."), *details)


def _ago(seen: datetime | None, at: datetime) -> str:
    if seen is None:
        return _("not seen")
    return _("%(time)s ago") % {"time": duration(max(int((at - seen).total_seconds()), 0))}


def mails() -> Finding:
    """Mails that the server refused, or that it has not taken for a while."""
    rows = Operation.objects.filter(kind__in=MAILS)
    refused = rows.filter(state=Stands.ERROR).count()
    waiting = rows.filter(state=Stands.TODO, failures__gt=0).count()
    if not refused and not waiting:
        return ok(_("No mail is undelivered."))
    parts = {"refused": refused, "waiting": waiting}
    return Finding(
        State.WARNING,
        _("Undelivered mails: %(refused)d refused, %(waiting)d tried again by itself.") % parts,
        _("Correct the address with the reseller, or the mail server's settings, then try again."),
        link=OPERATIONS,
    )
