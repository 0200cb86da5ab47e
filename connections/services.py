"""Use cases of the provider's sign-in: take over a token, renew it, note that it was refused."""

from datetime import datetime

from django.db import transaction

from common.clock import microsoft_now
from connections.alerts import tell_staff
from connections.models import Connection, digest
from journal import services as journal
from journal.models import OPEN, Operation
from journal.people import PORTAL, By

KIND = "connection.check"
WARNINGS = (14, 7, 1)
"""Days before the end at which staff is told."""


@transaction.atomic
def sign_in(*, alias: str, token: str, user_name: str, has_mfa: bool | None, by: By) -> Connection:
    """A new refresh token; everything that waited for it goes on."""
    at = microsoft_now()
    connection, _new = Connection.objects.update_or_create(
        alias=alias,
        defaults={
            "token": token,
            "token_digest": digest(token),
            "signed_in_at": at,
            "signed_in_by": user_name,
            "used_at": at,
            "has_mfa": has_mfa,
            **_NOT_REFUSED,
        },
    )
    _record(alias, "connection.signed_in", by, user=user_name)
    journal.hurry_signed_in()
    return connection


@transaction.atomic
def seeded(*, alias: str, seed: str) -> Connection:
    """The row of a region, taking over a token of the settings that it has not seen yet."""
    connection, _new = Connection.objects.get_or_create(alias=alias)
    if seed and connection.seed_digest != digest(seed):
        mine = Connection.objects.filter(pk=connection.pk, seed_digest=connection.seed_digest)
        at = microsoft_now()
        values = {"token": seed, "token_digest": digest(seed), "used_at": at, "signed_in_at": at}
        if mine.update(seed_digest=digest(seed), has_mfa=None, **values, **_NOT_REFUSED):
            journal.hurry_signed_in()
        connection.refresh_from_db()
    return connection


@transaction.atomic
def renew(*, alias: str, used: str, received: str) -> bool:
    """Keep the token that replaced `used`; False when another worker was first.

    A token that Microsoft takes again after having refused it lets everything go on.
    """
    mine = Connection.objects.filter(alias=alias, token_digest=digest(used))
    if mine.exclude(refused_at=None).update(**_NOT_REFUSED):
        journal.hurry_signed_in()
    if received == used:
        return False
    values = {"token": received, "token_digest": digest(received), "used_at": microsoft_now()}
    return mine.update(warned_days=None, **values) == 1


@transaction.atomic
def refuse(*, alias: str, used: str, code: str, text: str) -> bool:
    """Microsoft refuses this token; staff is told once."""
    mine = Connection.objects.filter(alias=alias, token_digest=digest(used))
    at = microsoft_now()
    if not mine.update(refused_at=at, refused_code=code[:60], refused_text=text):
        return False
    if mine.exclude(warned_days=0).update(warned_days=0):
        _record(alias, "connection.refused", PORTAL, code=code)
        tell_staff(mine.get(), at)
    return True


def known(*, alias: str) -> Connection:
    """The row of a region, made where there is none; a token of the settings is not taken over."""
    return Connection.objects.get_or_create(alias=alias)[0]


@transaction.atomic
def check_now(*, alias: str, by: By) -> Operation:
    """Use the sign-in now; a check that is under way already is that check."""
    subject = f"connection:{alias}"
    running = Operation.objects.filter(subject=subject, kind=KIND, state__in=OPEN).first()
    return running or journal.ask(
        kind=KIND, account_id=None, subject=subject, params={"alias": alias}, by=by
    )


def plan_checks() -> None:
    """Ask for today's check of every sign-in: it is used, so it stays alive."""
    day = microsoft_now().date().isoformat()
    for connection in Connection.objects.all():
        with transaction.atomic():
            journal.ask(
                kind=KIND,
                account_id=None,
                subject=f"connection:{connection.alias}",
                params={"alias": connection.alias},
                once=f"connection:{connection.alias}:{day}",
                by=PORTAL,
            )
        warn(alias=connection.alias, at=microsoft_now())


@transaction.atomic
def warn(*, alias: str, at: datetime) -> bool:
    """Tell staff that the sign-in ends soon, once for each of `WARNINGS`."""
    connection = Connection.objects.select_for_update().get(alias=alias)
    days = connection.days_left(at)
    due = [limit for limit in WARNINGS if days is not None and days <= limit]
    if not due or (connection.warned_days is not None and connection.warned_days <= min(due)):
        return False
    Connection.objects.filter(pk=connection.pk).update(warned_days=min(due))
    tell_staff(connection, at)
    return True


def note_mfa(*, alias: str, has_mfa: bool | None) -> None:
    """Whether Microsoft counts the sign-in as made with a second factor."""
    if has_mfa is not None:
        Connection.objects.filter(alias=alias).update(has_mfa=has_mfa)


_NOT_REFUSED = {"refused_at": None, "refused_code": "", "refused_text": "", "warned_days": None}


def _record(alias: str, kind: str, by: By, **data: str) -> None:
    journal.record(kind=kind, account_id=None, subject=f"connection:{alias}", data=data, by=by)
