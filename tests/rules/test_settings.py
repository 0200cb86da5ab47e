"""Settings are documented, operations have handlers, schedules have tasks."""

import re
from pathlib import Path

from django.conf import settings
from django.utils.module_loading import import_string

from reseller_portal.celery import app

ROOT = Path(settings.BASE_DIR)


def test_every_setting_from_the_environment_is_in_the_readme() -> None:
    source = (ROOT / "reseller_portal/settings.py").read_text()
    names = set(re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', source))
    readme = (ROOT / "README.md").read_text()
    assert names
    assert not {name for name in names if f"`{name}`" not in readme}


def test_every_operation_has_its_handler() -> None:
    for kind, path in settings.JOURNAL_OPERATIONS.items():
        assert callable(import_string(path)), kind


def test_every_daily_planner_exists() -> None:
    assert all(callable(import_string(path)) for path in settings.JOURNAL_DAILY)


def test_every_scheduled_task_exists() -> None:
    app.loader.import_default_modules()
    assert {job["task"] for job in app.conf.beat_schedule.values()} <= set(app.tasks)
