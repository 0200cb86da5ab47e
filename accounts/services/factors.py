"""What happens around a second factor: history, and help for one who has lost it."""

from allauth.mfa.models import Authenticator
from django.db import transaction

from accounts.models import User
from accounts.services.mail import post_notice
from journal import services as journal
from journal.people import By


def record_factor(*, user: User, kind: str, factor: str, by: By) -> None:
    """An event of the person: `person.factor_added`, `.factor_removed` or `.codes_renewed`."""
    journal.record(
        kind=kind, account_id=None, subject=f"person:{user.pk}", data={"factor": factor}, by=by
    )


@transaction.atomic
def remove_factors(*, person: User, by: By) -> bool:
    """Take all factors of somebody who cannot use them, and say so by mail; False if none."""
    removed = list(Authenticator.objects.select_for_update().filter(user_id=person.pk))
    if not removed:
        return False
    Authenticator.objects.filter(pk__in=[row.pk for row in removed]).delete()
    for row in removed:
        record_factor(user=person, kind="person.factor_removed", factor=row.type, by=by)
    post_notice(
        to=person.email,
        template="factor_removed",
        language=person.language,
        context={"person": person},
        by=by,
    )
    return True
