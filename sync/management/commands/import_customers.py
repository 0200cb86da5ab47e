"""`manage.py import_customers`: the first day with a provider's existing customers."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from common.errors import RemoteError
from journal.people import PORTAL
from sync.remote.importing import customers_without_account
from sync.services.customers import queue, take


class Command(BaseCommand):
    """Repeatable: a customer that is here already is left alone."""

    help = "Takes the provider's customers into the accounts that their associated partner has."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--market", default="eu", help="the CSP region (default: eu)")
        parser.add_argument("--dry-run", action="store_true", help="only show what would be done")

    def handle(self, *_args: Any, market: str, dry_run: bool, **_options: Any) -> None:
        if market not in settings.PARTNER_CENTER:
            raise CommandError(f"There is no region {market!r}.")
        counts = {"taken": 0, "queued": 0}
        try:
            for existing, partner in customers_without_account(market):
                counts["taken" if partner else "queued"] += 1
                whose = str(partner.account) if partner else "for staff"
                self.stdout.write(f"{existing.domain:<50} {existing.company:<40} {whose}")
                if dry_run:
                    continue
                if partner is None:
                    queue(market=market, existing=existing)
                else:
                    take(existing=existing, partner=partner, by=PORTAL)
        except RemoteError as error:
            told = f"{counts['taken']} taken, {counts['queued']} queued so far. Run it again."
            raise CommandError(f"{error.message} {told}") from error
        done = "would be" if dry_run else "were"
        self.stdout.write(f"{counts['taken']} {done} taken, {counts['queued']} {done} queued.")
