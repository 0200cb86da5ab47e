"""The code that opens the wizard: made at the terminal, good once, in one browser."""

import secrets
from datetime import timedelta
from typing import Final

from django.db import transaction
from django.db.models import F
from django.utils.timezone import now
from django.utils.translation import gettext as _

from accounts.tokens import digest_of
from common.refusals import Impossible
from panel.first_run.models import Setup

LETTERS: Final = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
LIFE: Final = timedelta(hours=24)
FREE_TRIES: Final = 5
LONGEST_PAUSE: Final = 15
"""Minutes."""


def new_code() -> str:
    """99 random bits, to be read from a screen and typed."""
    groups = ("".join(secrets.choice(LETTERS) for _n in range(5)) for _n in range(4))
    return "-".join(groups)


def make_code(setup: Setup) -> str:
    """A new code; the one before and the browser that used it are good no more."""
    code = new_code()
    Setup.objects.filter(pk=setup.pk).update(
        digest=_digest(code),
        is_entered=False,
        expires_at=now() + LIFE,
        tries=0,
        blocked_until=None,
    )
    return code


def enter(code: str) -> str:
    """The secret for this browser, in exchange for the code.

    Raises Impossible beside `code`: wrong, used, too old, or too many wrong ones a moment ago.
    """
    secret = secrets.token_urlsafe(32)
    rows = Setup.objects.filter(pk=1, finished_at=None)
    if rows.filter(blocked_until__gt=now()).exists():
        text = _("Too many wrong codes. Wait some minutes, or make a new code.")
        raise Impossible(text, field="code", code="blocked")
    wanted = rows.filter(digest=_digest(code), is_entered=False, expires_at__gt=now())
    if wanted.update(digest=digest_of(secret), is_entered=True, tries=0):
        return secret
    _count_wrong()
    text = _("This code is wrong, used or too old. The command below makes a new one.")
    raise Impossible(text, field="code", code="wrong")


def holds(setup: Setup, secret: str) -> bool:
    """Whether this browser has entered the code."""
    return setup.is_entered and secrets.compare_digest(setup.digest, digest_of(secret))


@transaction.atomic
def _count_wrong() -> None:
    """After some wrong ones a pause, each time a longer one."""
    Setup.objects.filter(pk=1).update(tries=F("tries") + 1)
    setup = Setup.objects.select_for_update().get(pk=1)
    if setup.tries >= FREE_TRIES:
        minutes = min(setup.tries - FREE_TRIES + 1, LONGEST_PAUSE)
        setup.blocked_until = now() + timedelta(minutes=minutes)
        setup.save(update_fields=["blocked_until"])


def _digest(code: str) -> str:
    return digest_of("".join(letter for letter in code.upper() if letter.isalnum()))
