"""Files made of lists."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from accounts.models import Account

KEPT = timedelta(hours=24)


class ExportFile(models.Model):
    """A list as one person asked for it, at one moment; gone after a day."""

    account = models.ForeignKey(
        Account, on_delete=models.CASCADE, related_name="export_files", verbose_name=_("account")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="export_files",
        verbose_name=_("person"),
    )
    list = models.CharField(_("list"), max_length=30)
    format = models.CharField(_("format"), max_length=4)
    query = models.TextField(_("parameters"), blank=True)
    """Filters, order and columns, as in the address."""
    rows = models.PositiveIntegerField(_("rows"), null=True, blank=True)
    content = models.BinaryField(_("content"), null=True, blank=True)
    """Packed (gzip); None: not made yet, or erased."""
    digest = models.CharField(_("fingerprint"), max_length=64, blank=True)
    """SHA-256 of the file as it is sent."""
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    expires_at = models.DateTimeField(_("expires"), null=True, blank=True)

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("export file")
        verbose_name_plural = _("export files")

    def __str__(self) -> str:
        return f"{self.list}-{self.created_at:%Y-%m-%d}.{self.format}"

    def get_absolute_url(self) -> str:
        return reverse("panel:export_file", args=[self.pk])

    @property
    def key(self) -> str:
        return f"export:{self.pk}"

    @property
    def is_made(self) -> bool:
        return self.expires_at is not None

    def has_expired(self, at: datetime) -> bool:
        return self.expires_at is not None and self.expires_at <= at

    def keep(self, *, content: bytes, digest: str, rows: int) -> bool:
        """Made; the day begins. False when it was made already."""
        unmade = ExportFile.objects.filter(pk=self.pk, expires_at=None)
        facts = {"digest": digest, "rows": rows, "expires_at": now() + KEPT}
        return unmade.update(content=content, **facts) == 1
