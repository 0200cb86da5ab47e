"""Who must have a second factor, and who has one."""

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db.models import QuerySet

from accounts.models import Account, User


def factors_of(user: User) -> "QuerySet[Authenticator]":
    """Authenticator apps and passkeys; recovery codes alone are no factor."""
    rows: QuerySet[Authenticator] = Authenticator.objects.filter(user_id=user.pk)
    return rows.exclude(type=Authenticator.Type.RECOVERY_CODES)


def must_have_one(user: User, account: Account | None) -> bool:
    """Staff where it is switched on, and whoever works in an account that asks for it."""
    if user.is_staff and settings.STAFF_SECOND_FACTOR:
        return True
    return account is not None and account.second_factor_required


def is_missing(user: User, account: Account | None) -> bool:
    """Asks the database only for those who must."""
    return must_have_one(user, account) and not factors_of(user).exists()
