"""The looks at the health of a domain, as they were."""

from typing import Any, Self

from django.db import models
from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext_lazy as _

from dnsconfig.health.results import Remembered

KEPT = 90
"""Looks per domain; older ones are deleted."""


class HealthCheckQuerySet(models.QuerySet["HealthCheck"]):
    def beyond_kept(self, domain_id: int) -> Self:
        """Looks at a domain that are older than those that are kept."""
        kept = self.filter(domain=domain_id).order_by("-pk").values("pk")[:KEPT]
        return self.filter(domain=domain_id).exclude(pk__in=Subquery(kept))


class HealthCheck(models.Model):
    """One look at a configured domain."""

    domain = models.ForeignKey(
        "dnsconfig.Domain",
        on_delete=models.CASCADE,
        related_name="health_checks",
        verbose_name=_("domain"),
    )
    checked_at = models.DateTimeField(_("last checked"))
    score = models.PositiveSmallIntegerField(_("score"), null=True, blank=True)
    """0 to 100; see `dnsconfig.health.score`. None: nothing could be told."""
    results = models.JSONField(_("results"))
    """One `Remembered` per check."""

    objects = HealthCheckQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("health check")
        verbose_name_plural = _("health checks")
        indexes = [models.Index(name="health_of_domain", fields=["domain", "-id"])]

    def __str__(self) -> str:
        return f"{self.domain_id}: {self.score}"

    @property
    def remembered(self) -> list[Remembered]:
        return [Remembered.from_json(one) for one in self.results]


def latest(field: str) -> Any:
    """A column of the latest look, for querysets of domains."""
    rows = HealthCheck.objects.filter(domain=OuterRef("pk")).order_by("-pk")
    return Subquery(rows.values(field)[:1])
