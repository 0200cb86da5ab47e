"""`manage.py personal_data export|erase ADDRESS`: all that is kept of one person."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.db.models import Q

from accounts import personal_data as people
from accounts.models import User
from common.refusals import Impossible
from journal.people import By
from tenants import personal_data as contacts
from tenants.models import Delegation, Tenant


class Command(BaseCommand):
    """A person is found by e-mail address: as contact, as signatory, as one who signs in."""

    help = "Prints (JSON) or erases what is kept of the person with this e-mail address."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=["export", "erase"])
        parser.add_argument("address")
        parser.add_argument("--by", default="operator", help="who asked, as the history shows it")

    def handle(self, *_args: Any, **options: Any) -> None:
        address = options["address"]
        named = Q(email__iexact=address) | Q(agreement__email__iexact=address)
        tenants = Tenant.objects.filter(named | Q(delegation__email__iexact=address))
        wishes = Delegation.objects.filter(email__iexact=address, tenant=None)
        persons = User.objects.filter(email__iexact=address)
        if not (tenants or wishes or persons):
            raise CommandError(f"Nothing is kept of {address}.")
        if options["what"] == "export":
            found = {
                "contact": [contacts.export(tenant=tenant) for tenant in tenants],
                "wishes": [contacts.export_wish(delegation=wish) for wish in wishes],
                "person": [people.export(person=person) for person in persons],
            }
            self.stdout.write(json.dumps(found, indent=2, ensure_ascii=False, default=str))
            return
        by = By(label=options["by"])
        try:
            with transaction.atomic():
                done = [contacts.erase(tenant=tenant, by=by) for tenant in tenants]
                done += [contacts.erase_wish(delegation=wish, by=by) for wish in wishes]
                done += [people.erase(person=person, by=by) for person in persons]
        except Impossible as refusal:
            raise CommandError(str(refusal)) from refusal
        for erasure in done:
            self.stdout.write(f"{erasure.subject}: {erasure.pseudonym}")
