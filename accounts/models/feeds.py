"""Calendar feeds: secret addresses that programs read without signing in."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from accounts.models.account import Account


class CalendarFeed(models.Model):
    """The calendar of one account, as one person may read it; its secret is kept as a digest."""

    account = models.ForeignKey(
        Account, on_delete=models.CASCADE, related_name="feeds", verbose_name=_("account")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="feeds",
        verbose_name=_("person"),
    )
    digest = models.CharField(_("fingerprint"), max_length=64, unique=True)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("calendar feed")
        verbose_name_plural = _("calendar feeds")
        constraints = [
            models.UniqueConstraint(
                name="one_feed_in_use",
                fields=["account", "user"],
                condition=Q(revoked_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.account}"

    def revoke(self) -> bool:
        """False when it was revoked before."""
        mine = CalendarFeed.objects.filter(pk=self.pk, revoked_at=None)
        return mine.update(revoked_at=now()) == 1
