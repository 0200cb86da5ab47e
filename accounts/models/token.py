"""API tokens."""

from django.conf import settings
from django.db import models
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from accounts.models.account import Account
from accounts.models.members import Role


class Token(models.Model):
    """An API token: acts as its person in one account, with at most the given role."""

    account = models.ForeignKey(
        Account, on_delete=models.CASCADE, related_name="tokens", verbose_name=_("account")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="tokens",
        verbose_name=_("person"),
    )
    name = models.CharField(_("name"), max_length=60)
    role = models.CharField(_("at most"), max_length=10, choices=Role, default=Role.VIEWER)
    prefix = models.CharField(_("begins with"), max_length=12)
    digest = models.CharField(_("fingerprint"), max_length=64, unique=True)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    last_used_at = models.DateTimeField(_("last used"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("API token")
        verbose_name_plural = _("API tokens")

    def __str__(self) -> str:
        return f"{self.prefix}… {self.name}"

    def revoke(self) -> bool:
        """False when it was revoked before."""
        mine = Token.objects.filter(pk=self.pk, revoked_at=None)
        return mine.update(revoked_at=now()) == 1
