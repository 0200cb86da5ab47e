"""`manage.py remove_factors EMAIL`: for the operator, when nobody of staff can sign in."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts import services
from accounts.models import User
from journal.people import By


class Command(BaseCommand):
    """The person is told by mail; staff sets up a new factor at the next sign-in."""

    help = "Removes all second factors and the recovery codes of a person whose device is lost."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--by", default="operator", help="who asked for it, for the history")

    def handle(self, *_args: Any, **options: Any) -> None:
        person = User.objects.filter(email__iexact=options["email"]).first()
        if person is None or not services.remove_factors(person=person, by=By(label=options["by"])):
            raise CommandError("Nobody of this address has a second factor.")
        self.stdout.write(f"{person.email} signs in with the password alone.")
