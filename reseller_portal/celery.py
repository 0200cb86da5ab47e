"""The Celery app and the whole schedule. The schedule only rings; due work is rows."""

import contextlib
import os
from datetime import timedelta
from typing import Any

import httpx
from celery import Celery

from common.clock import note_offset

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "reseller_portal.settings")

app = Celery("reseller_portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

SCHEDULE: dict[str, Any] = {
    # Rings for every operation that is due: new, waiting, or left by a killed worker.
    "sweep-journal": {"task": "journal.tasks.sweep", "schedule": 2.0, "options": {"expires": 2.0}},
    # Erases customers' passwords after a day.
    "forget-credentials": {"task": "tenants.tasks.forget_credentials", "schedule": 600.0},
    # Writes the operations due today: catalogue, MPN checks; unique per day, doubles do no harm.
    "plan-daily-work": {"task": "journal.tasks.plan_daily", "schedule": 300.0},
}


@app.task(name="hear_sandbox_clock")
def hear_sandbox_clock() -> None:
    """Its clock may have been turned while nobody called it."""
    url = os.environ["SANDBOX_URL"].rstrip("/")
    with contextlib.suppress(httpx.TransportError):  # it is asked again in a moment
        told = httpx.get(f"{url}/_sandbox/clock", timeout=2).json()
        note_offset(timedelta(seconds=told["offset_seconds"]))


if os.environ.get("SANDBOX_URL"):
    SCHEDULE["hear-sandbox-clock"] = {
        "task": "hear_sandbox_clock",
        "schedule": 2.0,
        "options": {"expires": 2.0},
    }

# Assigned, never read here: reading would load the settings with whoever imports this package.
app.conf.beat_schedule = SCHEDULE
