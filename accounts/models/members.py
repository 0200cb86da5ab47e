"""Who works in an account, with which role, and who is invited to."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from accounts.models.account import Account
from accounts.models.reach import Reaching

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class Role(models.TextChoices):
    """Each role may do what those before it may."""

    VIEWER = "viewer", _("viewer: looks")
    OPERATOR = "operator", _("operator: also DNS, renaming, password reset")
    MANAGER = "manager", _("manager: also orders, seats, cancellations")
    OWNER = "owner", _("owner: also members, tokens, MPN IDs")

    @property
    def rank(self) -> int:
        return list(Role).index(self)

    @property
    def short(self) -> "StrOrPromise":
        """One word, where the table has no room for what the role may do."""
        return _SHORT[self.value]


_SHORT = {
    "viewer": _("viewer"),
    "operator": _("operator"),
    "manager": _("manager"),
    "owner": _("owner"),
}


class Membership(Reaching):
    """A person in an account."""

    account = models.ForeignKey(
        Account, on_delete=models.CASCADE, related_name="memberships", verbose_name=_("account")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="memberships",
        verbose_name=_("person"),
    )
    role = models.CharField(_("role"), max_length=10, choices=Role, default=Role.VIEWER)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    class Meta(Reaching.Meta):
        ordering = ["user__email"]
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            *Reaching.Meta.constraints,
            models.UniqueConstraint(name="one_membership", fields=["account", "user"]),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.short_role}"

    @property
    def short_role(self) -> "StrOrPromise":
        return Role(self.role).short


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def open(self) -> Self:
        return self.filter(accepted_at=None, expires_at__gt=now())


class Invitation(Reaching):
    """An address that may join an account; the link is mailed, its secret kept as a digest."""

    account = models.ForeignKey(
        Account, on_delete=models.CASCADE, related_name="invitations", verbose_name=_("account")
    )
    email = models.EmailField(_("e-mail address"))
    role = models.CharField(_("role"), max_length=10, choices=Role, default=Role.VIEWER)
    digest = models.CharField(_("fingerprint"), max_length=64, unique=True)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    expires_at = models.DateTimeField(_("expires"))
    accepted_at = models.DateTimeField(_("accepted"), null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta(Reaching.Meta):
        ordering = ["-pk"]
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")

    def __str__(self) -> str:
        return f"{self.email}: {self.short_role}"

    @property
    def short_role(self) -> "StrOrPromise":
        return Role(self.role).short

    def accept(self) -> bool:
        """False when it was accepted, withdrawn or has expired meanwhile."""
        return self._mine().update(accepted_at=now()) == 1

    def withdraw(self) -> bool:
        """The link works no longer."""
        return self._mine().update(expires_at=now()) == 1

    def _mine(self) -> InvitationQuerySet:
        return Invitation.objects.open().filter(pk=self.pk)
