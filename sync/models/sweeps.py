"""How far each market has been looked through, and what each pass cost."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Watch(models.Model):
    """One market: up to when its audit records have been read."""

    market = models.CharField(_("region"), max_length=10, unique=True)
    audited_until = models.DateTimeField(_("audit read until"), null=True, blank=True)
    seen = models.JSONField(_("records read last"), default=list, blank=True)
    """Ids of the records read last: a record may show late, so the reading overlaps."""
    swept_at = models.DateTimeField(_("last full sweep"), null=True, blank=True)
    heard_at = models.DateTimeField(_("last event from Microsoft"), null=True, blank=True)

    class Meta:
        ordering = ["market"]
        verbose_name = _("market in step")
        verbose_name_plural = _("markets in step")

    def __str__(self) -> str:
        return self.market


class Sweep(models.Model):
    """One pass over all tenants of a market."""

    market = models.CharField(_("region"), max_length=10)
    operation_id = models.BigIntegerField(_("number of the operation"), unique=True)
    started_at = models.DateTimeField(_("started"))
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    calls = models.PositiveIntegerField(_("calls"), default=0)
    tenants = models.PositiveIntegerField(_("tenants looked at"), default=0)
    subscriptions = models.PositiveIntegerField(_("subscriptions seen"), default=0)
    drifts = models.PositiveIntegerField(_("changes found"), default=0)

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("sweep")
        verbose_name_plural = _("sweeps")

    def __str__(self) -> str:
        return f"{self.market} {self.started_at:%Y-%m-%d %H:%M}"
