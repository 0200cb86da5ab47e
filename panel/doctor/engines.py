"""PostgreSQL, Redis or Valkey, and the workers behind them."""

from datetime import datetime

import redis
from celery import current_app
from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.utils import OperationalError
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from panel.doctor.findings import LIMIT, Finding, State, ok

SKEW = 5.0
"""Seconds by which two clocks of ours may differ."""


def database() -> Finding:
    """Version and clock. Runs in a thread with a connection of its own."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_setting('server_version'), clock_timestamp()")
            version, at = cursor.fetchone()
    except OperationalError:
        return Finding(
            State.FAILED,
            _("PostgreSQL cannot be reached."),
            _("Start it, or correct DATABASE_URL."),
        )
    return _of_clock(str(version), at)


def _of_clock(version: str, at: datetime) -> Finding:
    skew = (at - now()).total_seconds()
    facts = {"version": version, "seconds": round(skew)}
    if abs(skew) > SKEW:
        text = _("PostgreSQL %(version)s answers; its clock differs by %(seconds)d seconds.")
        to_do = _("Let both machines follow the same time server.")
        return Finding(State.WARNING, text % facts, to_do)
    return ok(_("PostgreSQL %(version)s answers; its clock agrees with ours.") % facts)


def migrations() -> Finding:
    """Whether the tables are those of this version."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if not plan:
        return ok(_("All migrations are applied."))
    text = ngettext(
        "%(n)d migration is not applied.", "%(n)d migrations are not applied.", len(plan)
    )
    names = [f"{migration.app_label}.{migration.name}" for migration, _backwards in plan]
    to_do = _("Run manage.py migrate with this version of the portal.")
    return Finding(State.FAILED, text % {"n": len(plan)}, to_do, tuple(names[:20]))


def broker() -> Finding:
    """The cache and doorbell: nothing in it may not be lost."""
    client = redis.Redis.from_url(
        settings.REDIS_URL, socket_connect_timeout=LIMIT / 2, socket_timeout=LIMIT / 2
    )
    try:
        told = client.info()
    except redis.RedisError:
        return Finding(
            State.FAILED,
            _("Redis or Valkey cannot be reached; workers do not hear of new operations."),
            _("Start it, or correct REDIS_URL. Nothing is lost: what is due is done then."),
        )
    finally:
        client.close()
    return _of_memory(told)


def _of_memory(told: dict[str, object]) -> Finding:
    name = "Valkey" if "valkey_version" in told else "Redis"
    version = told.get("valkey_version") or told.get("redis_version")
    used, limit = int(str(told["used_memory"])), int(str(told.get("maxmemory", 0)))
    facts = {"engine": f"{name} {version}", "used": used // 2**20, "limit": limit // 2**20}
    if limit and used > limit * 0.9:
        text = _("%(engine)s answers; %(used)d of %(limit)d MB are in use.") % facts
        return Finding(State.WARNING, text, _("Give it more memory."))
    return ok(_("%(engine)s answers; %(used)d MB are in use.") % facts)


def workers() -> Finding:
    """Asks every Celery worker through the broker."""
    try:
        answers = current_app.control.ping(timeout=LIMIT / 3)
    except Exception:  # kombu and redis raise a dozen kinds; all mean the same here
        return Finding(State.UNKNOWN, _("The workers cannot be asked: the broker is away."))
    names = sorted(name for answer in answers or [] for name in answer)
    if not names:
        text = _("No worker answers: nothing is sent to Microsoft and no mail leaves.")
        return Finding(State.FAILED, text, _("Start celery -A reseller_portal worker."))
    text = ngettext("%(n)d worker answers.", "%(n)d workers answer.", len(names))
    return ok(text % {"n": len(names)}, *names[:20])
