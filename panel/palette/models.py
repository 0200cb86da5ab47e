"""Services that a person keeps at hand."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership
from tenants.models import Tenant


class PinnedTenant(models.Model):
    """A service that a member keeps at the top of the menu; it goes with the membership."""

    membership = models.ForeignKey(
        Membership, on_delete=models.CASCADE, related_name="pins", verbose_name=_("membership")
    )
    tenant = models.ForeignKey(
        Tenant, on_delete=models.CASCADE, related_name="pins", verbose_name=_("service")
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_pin", fields=["membership", "tenant"]),
        ]
        verbose_name = _("pinned service")
        verbose_name_plural = _("pinned services")

    def __str__(self) -> str:
        return f"{self.membership}: {self.tenant}"
