"""Use cases of the first run."""

from typing import Any

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils.translation import gettext as _

from accounts import services as accounts
from accounts.models import Account, Membership, User
from accounts.verdicts import Verdict
from common.refusals import Impossible
from journal import services as journal
from journal.models import Operation
from journal.people import By
from panel.first_run import codes
from panel.first_run.models import HiddenGuide, Setup


@transaction.atomic
def begin(*, again: bool = False) -> Setup | None:
    """Open the wizard on an installation that has no reseller yet; None where it is set up.

    `again`: also on one that is set up.
    """
    setup = Setup.objects.select_for_update().filter(pk=1).first()
    if setup is None and (again or not Account.objects.exists()):
        return Setup.objects.create(pk=1)
    if setup is not None and setup.finished_at is not None:
        if not again:
            return None
        setup.finished_at, setup.later = None, []
        setup.save(update_fields=["finished_at", "later"])
    return setup


def operators_exist() -> bool:
    """Then they sign in, and a code opens nothing."""
    return User.objects.filter(is_superuser=True, is_staff=True, is_active=True).exists()


@transaction.atomic
def create_operator(*, secret: str, email: str, password: str, language: str) -> User:
    """The first person of staff, by the browser that has entered the code.

    Raises Impossible when another browser did it, or a newer code was made.
    """
    setup = Setup.objects.select_for_update().filter(pk=1, finished_at=None).first()
    if setup is None or not codes.holds(setup, secret) or operators_exist():
        raise Impossible(_("This code is good no more. Make a new one."))
    if User.objects.filter(email__iexact=email).exists():
        raise Impossible(_("A person with this address exists already."), field="email")
    person = User.objects.create_superuser(email, password, language=language)
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    Setup.objects.filter(pk=setup.pk).update(digest="", is_entered=False)
    _record("setup.operator_created", person.by, email=person.email)
    return person


@transaction.atomic
def send_test_mail(*, setup: Setup, person: User) -> Operation:
    """To the person who asks; what became of it is on the operation."""
    operation = accounts.post_notice(
        to=person.email,
        template="setup_test",
        language=person.language,
        context={"person": person},
        by=person.by,
    )
    Setup.objects.filter(pk=setup.pk).update(mail_id=operation.pk)
    return operation


@transaction.atomic
def open_first_reseller(
    *, setup: Setup, name: str, email: str, verdict: Verdict | None, by: By, **facts: str
) -> Account:
    """An account whose owner is invited by mail; with an MPN ID if Microsoft has just judged one.

    Raises Impossible, and nothing is written: the MPN ID is refused or held by another account.
    """
    account = accounts.open_account_for(email=email, name=name, by=by, **facts)
    if verdict is not None:
        accounts.register_partner_id(account=account, verdict=verdict, by=by)
    Setup.objects.filter(pk=setup.pk).update(account=account)
    return account


@transaction.atomic
def put_off(*, setup: Setup, step: str) -> None:
    """Skip a step for now."""
    locked = Setup.objects.select_for_update().get(pk=setup.pk)
    locked.later = sorted({*locked.later, step})
    locked.save(update_fields=["later"])


@transaction.atomic
def finish(*, setup: Setup, by: By) -> bool:
    """Close the wizard; False when it was closed before."""
    if not setup.finish():
        return False
    _record("setup.finished", by)
    return True


@transaction.atomic
def hide_guide(*, membership: Membership) -> None:
    """This person sees the first steps of this account no more."""
    HiddenGuide.objects.get_or_create(membership=membership)


def _record(kind: str, by: By, **data: Any) -> None:
    journal.record(kind=kind, account_id=None, subject="setup:1", data=data, by=by)
