"""Seats and spend as they were counted, a row for each day on which a service holds other ones."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from tenants.models import Tenant


class HoldingChange(models.Model):
    """From `day` (UTC) on a service holds so much more, or less, than the day before.

    What it held on a day is the sum of its rows until then.
    """

    tenant = models.ForeignKey(
        Tenant, on_delete=models.PROTECT, related_name="holding_changes", verbose_name=_("service")
    )
    day = models.DateField(_("from day"))
    seats = models.IntegerField(_("more seats"))
    """Active ones, trials included; fewer: below nothing."""
    per_month = models.DecimalField(_("more spend per month"), max_digits=16, decimal_places=4)
    """What they cost the reseller, before taxes, as `subscriptions.spend` counts it."""
    currency = models.CharField(_("currency"), max_length=3)

    class Meta:
        ordering = ["-day", "tenant", "currency"]
        verbose_name = _("change of holdings")
        verbose_name_plural = _("changes of holdings")
        constraints = [
            models.UniqueConstraint(
                name="one_holding_change_per_day", fields=["tenant", "day", "currency"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.tenant_id} {self.day}: {self.seats:+}"
