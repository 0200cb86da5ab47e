"""`manage.py doctor`: what the page `/staff/health/` shows, for a terminal or a monitor."""

import json
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from panel.doctor import Examination, State, examine

MARKS = {State.OK: "ok", State.WARNING: "warning", State.FAILED: "FAILED", State.UNKNOWN: "unknown"}


class Command(BaseCommand):
    help = "Look whether everything works. Ends with 1 when something has failed."
    requires_system_checks = ()
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *_args: Any, **options: Any) -> None:
        found = examine()
        if options["json"]:
            self.stdout.write(json.dumps(_as_json(found), ensure_ascii=False, indent=2))
        else:
            self._tell(found)
        if found.worst == State.FAILED:
            sys.exit(1)

    def _tell(self, found: Examination) -> None:
        for result in found.results:
            finding = result.finding
            self.stdout.write(f"{MARKS[finding.state]:8} {result.title}: {finding.text}")
            for line in finding.details:
                self.stdout.write(f"{'':8}   {line}")
            if finding.to_do:
                self.stdout.write(f"{'':8} → {finding.to_do}")


def _as_json(found: Examination) -> dict[str, Any]:
    return {
        "checked_at": found.at.isoformat(timespec="seconds"),
        "worst": str(found.worst),
        "checks": [result.to_dict() for result in found.results],
    }
