"""Makes all checks, each within its limit, and keeps what was found for half a minute."""

import logging
import threading
import time
from dataclasses import dataclass
from datetime import datetime

from django.core.cache import cache
from django.db import connection, transaction
from django.utils import translation
from django.utils.timezone import now
from django.utils.translation import gettext as _

from panel.doctor.checks import DATABASE, every
from panel.doctor.findings import LIMIT, Check, Finding, Result, State

log = logging.getLogger(__name__)

KEPT = 30
"""Seconds for which a page shows what was found before."""


@dataclass(frozen=True)
class Examination:
    """All that was found, in the order of the checks."""

    at: datetime
    results: tuple[Result, ...]

    @property
    def worst(self) -> State:
        found = {result.finding.state for result in self.results}
        return next((state for state in State if state in found), State.OK)

    def count(self, state: State) -> int:
        return sum(result.finding.state == state for result in self.results)


def examination() -> Examination:
    """The last one if it is fresh, else a new one; in the active language."""
    key = f"doctor:{translation.get_language()}"
    kept = cache.get(key)
    if isinstance(kept, Examination):
        return kept
    fresh = examine()
    cache.set(key, fresh, KEPT)
    return fresh


def examine() -> Examination:
    """Ask everybody now. Never raises; takes little more than `LIMIT`.

    Others are asked side by side, each from a thread of its own; our rows are read here, one
    after the other, once the database has answered.
    """
    checks = every()
    asked = {check.id: _Asked(check) for check in checks if check.is_outside}
    until = time.monotonic() + LIMIT
    database = asked[DATABASE.id].result(until).finding.state
    found = {
        check.id: _read(check) if database in (State.OK, State.WARNING) else _unread(check)
        for check in checks
        if not check.is_outside
    }
    found |= {name: one.result(until) for name, one in asked.items()}
    return Examination(now(), tuple(found[check.id] for check in checks))


class _Asked:
    """A check that is made in a thread; one that hangs is left behind."""

    def __init__(self, check: Check) -> None:
        self._check = check
        self._found: Result | None = None
        self._language = translation.get_language() or "en"
        self._thread = threading.Thread(target=self._ask, daemon=True)
        self._thread.start()

    def _ask(self) -> None:
        try:
            with translation.override(self._language):
                self._found = _made(self._check)
        finally:
            connection.close()

    def result(self, until: float) -> Result:
        self._thread.join(max(until - time.monotonic(), 0.05))
        text = _("No answer within %(seconds)d seconds.") % {"seconds": LIMIT}
        return self._found or _result(self._check, Finding(State.UNKNOWN, text))


def _read(check: Check) -> Result:
    """A check of our own rows: the database itself keeps the limit."""
    try:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL statement_timeout = %s", [int(LIMIT * 1000)])
            return _result(check, check.look())
    except Exception as error:  # whatever it is: the other checks are made all the same
        return _failed(check, error)


def _made(check: Check) -> Result:
    try:
        return _result(check, check.look())
    except Exception as error:
        return _failed(check, error)


def _failed(check: Check, error: Exception) -> Result:
    log.warning("the check %s could not be made", check.id, exc_info=error)
    name = type(error).__name__
    text = _("The check itself failed (%(error)s); the log says why.") % {"error": name}
    return _result(check, Finding(State.UNKNOWN, text))


def _unread(check: Check) -> Result:
    return _result(check, Finding(State.UNKNOWN, _("The database does not answer.")))


def _result(check: Check, finding: Finding) -> Result:
    return Result(check.id, str(check.title), finding)
