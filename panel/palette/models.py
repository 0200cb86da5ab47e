"""Services that a person keeps at hand."""

from django.db import models

from accounts.models import Membership
from tenants.models import Tenant


class PinnedTenant(models.Model):
    """A service that a member keeps at the top of the menu; it goes with the membership."""

    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="pins")
    tenant = models.ForeignKey(Tenant, on_delete=models.CASCADE, related_name="pins")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_pin", fields=["membership", "tenant"]),
        ]

    def __str__(self) -> str:
        return f"{self.membership}: {self.tenant}"
