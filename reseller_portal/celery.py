"""The Celery app and the whole schedule. The schedule only rings; due work is rows."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "reseller_portal.settings")

app = Celery("reseller_portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

app.conf.beat_schedule = {
    # Rings for every operation that is due: new, waiting, or left by a killed worker.
    "sweep-journal": {"task": "journal.tasks.sweep", "schedule": 2.0, "options": {"expires": 2.0}},
    # Erases customers' passwords after a day.
    "forget-credentials": {"task": "tenants.tasks.forget_credentials", "schedule": 600.0},
    # Writes the operations due today: catalogue, MPN checks; unique per day, doubles do no harm.
    "plan-daily-work": {"task": "journal.tasks.plan_daily", "schedule": 300.0},
}
