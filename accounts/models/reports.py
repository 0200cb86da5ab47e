"""Reports that are sent regularly, the files made for it, and the logo at their head.

Here, not in the panel: they belong to a person and an account, and end with the membership.
"""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from accounts.models.account import Account


class Cadence(models.TextChoices):
    """How often; always early in the day, by Microsoft's clock (UTC)."""

    WEEKLY = "weekly", _("every Monday")
    MONTHLY = "monthly", _("on the first of the month")


class FileKind(models.TextChoices):
    PDF = "pdf", "PDF"
    CSV = "csv", "CSV"


class ReportSchedule(models.Model):
    """One report that one person is sent as a link."""

    account = models.ForeignKey(
        Account,
        on_delete=models.CASCADE,
        related_name="report_schedules",
        verbose_name=_("account"),
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="report_schedules",
        verbose_name=_("person"),
    )
    report = models.CharField(_("report"), max_length=30)
    query = models.CharField(_("parameters"), max_length=200, blank=True)
    """Its parameters as in the address, without the month: that is the one before."""
    cadence = models.CharField(_("how often"), max_length=10, choices=Cadence)
    kind = models.CharField(_("as"), max_length=5, choices=FileKind, default=FileKind.PDF)
    since = models.DateField(_("from day"))
    """Periods that begin on this day (UTC) or before it are not made up for."""
    paused_at = models.DateTimeField(_("paused"), null=True, blank=True)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    class Meta:
        ordering = ["report", "pk"]
        verbose_name = _("report schedule")
        verbose_name_plural = _("report schedules")
        constraints = [
            models.UniqueConstraint(
                name="one_schedule_per_wish",
                fields=["account", "user", "report", "query", "cadence", "kind"],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.report} ({self.get_cadence_display()})"

    @property
    def is_paused(self) -> bool:
        return self.paused_at is not None


class ReportFileQuerySet(models.QuerySet["ReportFile"]):
    def open(self) -> "ReportFileQuerySet":
        return self.filter(expires_at__gt=now())


class ReportFile(models.Model):
    """A report made for one person, who fetches it while it is open; its secret is a digest."""

    account = models.ForeignKey(
        Account, on_delete=models.CASCADE, related_name="report_files", verbose_name=_("account")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="report_files",
        verbose_name=_("person"),
    )
    report = models.CharField(_("report"), max_length=30)
    name = models.CharField(_("name"), max_length=120)
    content_type = models.CharField(_("file type"), max_length=60)
    content = models.BinaryField(_("content"))
    digest = models.CharField(_("fingerprint"), max_length=64, unique=True)
    tenants = ArrayField(models.BigIntegerField(), default=list, verbose_name=_("services"))
    """Services it tells of: who sees one of them no longer cannot open it."""
    made_at = models.DateTimeField(_("created"), auto_now_add=True)
    expires_at = models.DateTimeField(_("expires"))

    objects = ReportFileQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("report file")
        verbose_name_plural = _("report files")
        indexes = [models.Index(name="report_file_end", fields=["expires_at"])]

    def __str__(self) -> str:
        return self.name


class Logo(models.Model):
    """A reseller's logo, as its content says what it is."""

    account = models.OneToOneField(
        Account, on_delete=models.CASCADE, related_name="logo", verbose_name=_("account")
    )
    content_type = models.CharField(_("file type"), max_length=20)
    content = models.BinaryField(_("content"))
    width = models.PositiveIntegerField(_("width"))
    height = models.PositiveIntegerField(_("height"))
    updated_at = models.DateTimeField(_("updated"), auto_now=True)

    class Meta:
        verbose_name = _("logo")
        verbose_name_plural = _("logos")

    def __str__(self) -> str:
        return f"{self.account}: {self.width} × {self.height}"
