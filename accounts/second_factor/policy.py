"""Who must have a second factor, and who has one."""

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet

from accounts.models import Account, Membership, User


def factors_of(user: User) -> "QuerySet[Authenticator]":
    """Authenticator apps and passkeys; recovery codes alone are no factor."""
    return _factors().filter(user_id=user.pk)


def with_factor(rows: "QuerySet[Membership]") -> "QuerySet[Membership]":
    """Each row tells in `has_factor` whether its person has one."""
    return rows.annotate(has_factor=Exists(_factors().filter(user_id=OuterRef("user_id"))))


def must_have_one(user: User, account: Account | None) -> bool:
    """Staff where it is switched on, and whoever works in an account that asks for it."""
    if user.is_staff and settings.STAFF_SECOND_FACTOR:
        return True
    return account is not None and account.second_factor_required


def is_missing(user: User, account: Account | None) -> bool:
    """Asks the database only for those who must."""
    return must_have_one(user, account) and not factors_of(user).exists()


def _factors() -> "QuerySet[Authenticator]":
    rows: QuerySet[Authenticator] = Authenticator.objects.all()
    return rows.exclude(type=Authenticator.Type.RECOVERY_CODES)
