"""What Microsoft has told by webhook, as it came."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class EventState(models.TextChoices):
    NEW = "new", _("not checked yet")
    GOOD = "good", _("signed by Microsoft")
    FORGED = "forged", _("signature refused")


class MicrosoftEvent(models.Model):
    """One delivery. The same body twice is one event."""

    market = models.CharField(_("region"), max_length=10)
    digest = models.CharField(_("fingerprint"), max_length=64)
    """SHA-256 of the body, hexadecimal."""
    body = models.BinaryField(_("body"))
    headers = models.JSONField(_("headers"), default=dict)
    """Those of the signature."""
    name = models.CharField(_("event"), max_length=100, blank=True)
    resource = models.CharField(_("resource"), max_length=400, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=EventState, default=EventState.NEW)
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    times = models.PositiveIntegerField(_("deliveries"), default=1)
    received_at = models.DateTimeField(_("received"), auto_now_add=True)

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("event from Microsoft")
        verbose_name_plural = _("events from Microsoft")
        constraints = [
            models.UniqueConstraint(name="one_event_per_body", fields=["market", "digest"])
        ]

    def __str__(self) -> str:
        return self.name or f"#{self.pk}"
