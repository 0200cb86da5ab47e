"""Tells the provider's staff that the portal's sign-in at Microsoft has ended or soon will."""

from datetime import datetime

from accounts.models import User
from accounts.services import post_notice
from connections.instructions import instruction_for
from connections.models import Connection
from journal.people import PORTAL


def tell_staff(connection: Connection, at: datetime) -> None:
    """One mail to each active member of staff, in their language."""
    people = User.objects.filter(is_staff=True, is_active=True).exclude(email="")
    for person in people:
        post_notice(
            to=person.email,
            template="microsoft_sign_in",
            language=person.language,
            context={
                "connection": connection,
                "days": connection.days_left(at),
                "instruction": instruction_for(connection.refused_code),
            },
            by=PORTAL,
        )
