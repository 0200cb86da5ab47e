"""The provider's sign-in at Microsoft, one for each CSP region."""

from datetime import datetime, timedelta
from hashlib import sha256

from django.db import models
from django.utils.translation import gettext_lazy as _

from common.fields import EncryptedJSONField, SealedManager

LIFE = timedelta(days=90)
"""A refresh token that is not used for so long ends (Secure Application Model)."""


class Health(models.TextChoices):
    GOOD = "good", _("signed in")
    ENDING = "ending", _("ends soon")
    ENDED = "ended", _("sign in again")
    NEVER = "never", _("never signed in")


class Connection(models.Model):
    """The refresh token with which the portal acts for an administrator of the provider."""

    alias = models.CharField(_("region"), max_length=10, unique=True)
    """Connection alias of the CSP region."""
    token = EncryptedJSONField(_("token"))
    token_digest = models.CharField(_("fingerprint of the token"), max_length=64, blank=True)
    seed_digest = models.CharField(
        _("fingerprint of the token in the settings"), max_length=64, blank=True
    )
    """Of the token in the settings that was taken over last: another one there wins."""
    signed_in_at = models.DateTimeField(_("signed in at"), null=True, blank=True)
    signed_in_by = models.CharField(_("signed in by"), max_length=254, blank=True)
    used_at = models.DateTimeField(_("last used at"), null=True, blank=True)
    has_mfa = models.BooleanField(_("second factor"), null=True, blank=True)
    refused_at = models.DateTimeField(_("refused at"), null=True, blank=True)
    refused_code = models.CharField(_("code of the refusal"), max_length=60, blank=True)
    refused_text = models.TextField(_("words of the refusal"), blank=True)
    warned_days = models.PositiveSmallIntegerField(
        _("last warning (days before the end)"), null=True, blank=True
    )
    """The last warning was sent that many days before the end."""

    objects = SealedManager["Connection"]()

    class Meta:
        ordering = ["alias"]
        verbose_name = _("sign-in at Microsoft")
        verbose_name_plural = _("sign-ins at Microsoft")

    def __str__(self) -> str:
        return self.alias

    @property
    def ends_at(self) -> datetime | None:
        """When the token ends unless it is used again."""
        return self.used_at + LIFE if self.used_at else None

    def days_left(self, at: datetime) -> int | None:
        """Whole days until the token ends."""
        return None if self.ends_at is None else max((self.ends_at - at).days, 0)

    def health(self, at: datetime) -> Health:
        if not self.token_digest:
            return Health.NEVER
        if self.refused_at is not None or (self.ends_at is not None and self.ends_at <= at):
            return Health.ENDED
        days = self.days_left(at)
        is_ending = self.has_mfa is False or (days is not None and days < 14)
        return Health.ENDING if is_ending else Health.GOOD


def digest(token: str) -> str:
    """What tells two tokens apart without holding either. Tokens are long and random."""
    return sha256(token.encode()).hexdigest() if token else ""
