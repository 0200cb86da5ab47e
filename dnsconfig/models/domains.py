"""Domains of tenants."""

from django.db import models
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from dnsconfig.models.connections import ZoneConnection
from dnsconfig.names import to_unicode
from tenants.models import Tenant


class Domain(models.Model):
    """A domain of a tenant that lies in one of the account's zones."""

    tenant = models.ForeignKey(
        Tenant, on_delete=models.PROTECT, related_name="domains", verbose_name=_("service")
    )
    connection = models.ForeignKey(
        ZoneConnection,
        on_delete=models.PROTECT,
        related_name="domains",
        verbose_name=_("DNS connection"),
    )
    name = models.CharField(_("domain"), max_length=253)
    zone = models.CharField(_("zone"), max_length=253)
    verified_at = models.DateTimeField(_("verified"), null=True, blank=True)
    """When Microsoft said that the customer owns it."""
    services = models.JSONField(_("configured services"), default=list, blank=True)
    """The services whose records were last seen at every authoritative server."""
    configured_at = models.DateTimeField(_("configured"), null=True, blank=True)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    class Meta:
        ordering = ["name"]
        verbose_name = _("domain")
        verbose_name_plural = _("domains")
        constraints = [
            models.UniqueConstraint(name="one_domain_per_tenant", fields=["tenant", "name"]),
        ]

    def __str__(self) -> str:
        return to_unicode(self.name)

    @property
    def key(self) -> str:
        return f"domain:{self.pk}"

    @property
    def zone_key(self) -> str:
        """One writer per zone: the subject of all operations that write to it."""
        return f"zone:{self.zone}"[:80]

    def verify(self) -> bool:
        """Microsoft believes that the customer owns it."""
        mine = Domain.objects.filter(pk=self.pk, verified_at=None)
        return mine.update(verified_at=now()) == 1

    def configure(self, services: list[str]) -> None:
        """Every authoritative server answers with the records of these services."""
        together = sorted({*self.services, *services})
        Domain.objects.filter(pk=self.pk).update(services=together, configured_at=now())

    def settle(self, services: list[str]) -> None:
        """Records were taken back: these services are left, perhaps none."""
        mine = Domain.objects.filter(pk=self.pk)
        mine.update(services=services)
        if not services:
            mine.update(configured_at=None)
