"""Where people are signed in."""

from typing import Any

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import models
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _


class BrowserSessionQuerySet(models.QuerySet["BrowserSession"]):
    """Sessions by what may be done with them."""

    def open(self) -> "BrowserSessionQuerySet":
        """Those that still let somebody in."""
        return self.filter(session_key__in=_alive())

    def ended(self) -> "BrowserSessionQuerySet":
        """Those that have run out or were ended."""
        return self.exclude(session_key__in=_alive())


def _alive() -> models.QuerySet[Session, Any]:
    return Session.objects.filter(expire_date__gt=now()).values("session_key")


class BrowserSession(models.Model):
    """A browser in which a person is signed in; real time, not Microsoft's."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="browser_sessions",
        verbose_name=_("person"),
    )
    session_key = models.CharField(_("session key"), max_length=40, unique=True, editable=False)
    user_agent = models.CharField(_("browser"), max_length=300, blank=True)
    address = models.GenericIPAddressField(_("address"), null=True, blank=True)
    started_at = models.DateTimeField(_("since"), auto_now_add=True)
    seen_at = models.DateTimeField(_("last seen"), default=now)

    objects = BrowserSessionQuerySet.as_manager()

    class Meta:
        ordering = ["-seen_at", "-pk"]
        verbose_name = _("browser session")
        verbose_name_plural = _("browser sessions")

    def __str__(self) -> str:
        return f"{self.user_id} {self.started_at:%Y-%m-%d %H:%M}"
