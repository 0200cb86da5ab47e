"""How many licences are assigned to users, as Microsoft last counted them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from tenants.models.tenants import Tenant


class LicenceUse(models.Model):
    """Seats of one licence in one tenant, whoever sold them."""

    tenant = models.ForeignKey(
        Tenant, on_delete=models.CASCADE, related_name="licence_uses", verbose_name=_("service")
    )
    sku_id = models.CharField(_("SKU ID"), max_length=36)
    """Microsoft's; a licence of the catalogue has the same as its `provisioning_id`."""
    name = models.CharField(_("licence name"), max_length=200)
    total = models.PositiveIntegerField(_("licences"))
    used = models.PositiveIntegerField(_("assigned"))
    counted_at = models.DateTimeField(_("as of"))

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = _("use of licences")
        verbose_name_plural = _("use of licences")
        constraints = [
            models.UniqueConstraint(name="one_use_per_licence", fields=["tenant", "sku_id"]),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.used}/{self.total}"

    @property
    def free(self) -> int:
        return max(self.total - self.used, 0)
