"""Keys to hosts of zones."""

from django.db import models
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from accounts.models import Account
from common.fields import EncryptedJSONField, SealedManager
from dnsconfig.names import zone_of


class ZoneConnection(models.Model):
    """Keys to one account at a host of zones, and the zones they open."""

    account = models.ForeignKey(
        Account,
        on_delete=models.PROTECT,
        related_name="zone_connections",
        verbose_name=_("account"),
    )
    provider = models.CharField(_("DNS host"), max_length=20)
    """Alias in `settings.ZONE_PROVIDERS`."""
    label = models.CharField(_("name"), max_length=60)
    keys = EncryptedJSONField(_("keys"))
    zones = models.JSONField(_("zones"), default=list, blank=True)
    """Zone names in A-labels, as last listed."""
    listed_at = models.DateTimeField(_("last listed"), null=True, blank=True)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    objects = SealedManager["ZoneConnection"]()

    class Meta:
        ordering = ["label", "pk"]
        verbose_name = _("DNS connection")
        verbose_name_plural = _("DNS connections")
        constraints = [
            models.UniqueConstraint(name="one_connection_label", fields=["account", "label"]),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def key(self) -> str:
        return f"zoneconnection:{self.pk}"

    def list_zones(self, zones: list[str]) -> None:
        """Record what the host last listed."""
        ZoneConnection.objects.filter(pk=self.pk).update(zones=zones, listed_at=now())
        self.refresh_from_db()

    def zone_of(self, name: str) -> str | None:
        return zone_of(name, self.zones)
