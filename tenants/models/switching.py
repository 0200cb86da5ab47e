"""Changing provider: what was there at the start, and the checklist of one tenant."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from tenants.models.tenants import Tenant


class SwitchStep(models.TextChoices):
    """What a person does, in this order, so that nothing is interrupted and nothing paid twice."""

    OLD_LINK = "old_link", _("The old provider's term, price and notice period are known")
    ORDER = "order", _("The new licences are ordered here")
    ASSIGN = "assign", _("Every user has a new licence (Microsoft 365 admin center, Users)")
    UNASSIGN = "unassign", _("The old licences are taken from all users")
    CANCEL = "cancel", _("The old licences are cancelled, or their renewal is switched off")
    RIGHTS = "rights", _("The old provider's relationship and delegated rights are removed")
    INVOICE = "invoice", _("The old provider's last invoice holds nothing more to pay")


class Tick(models.Model):
    """A step of the checklist that somebody says is done; unticking deletes the row."""

    tenant = models.ForeignKey(
        Tenant, on_delete=models.CASCADE, related_name="ticks", verbose_name=_("service")
    )
    step = models.CharField(_("step"), max_length=10, choices=SwitchStep)
    by_label = models.CharField(_("by"), max_length=254)
    at = models.DateTimeField(_("at"), auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("step of the change of provider")
        verbose_name_plural = _("steps of the change of provider")
        constraints = [
            models.UniqueConstraint(name="one_tick_per_step", fields=["tenant", "step"]),
        ]

    def __str__(self) -> str:
        return f"{self.tenant}: {self.get_step_display()}"


class SeatCount(models.Model):
    """Seats of one licence in the tenant, whoever sold them, when it was taken over."""

    tenant = models.ForeignKey(
        Tenant, on_delete=models.CASCADE, related_name="seat_counts", verbose_name=_("service")
    )
    sku_id = models.CharField(_("SKU ID"), max_length=36)
    name = models.CharField(_("licence name"), max_length=200)
    total = models.PositiveIntegerField(_("licences"))
    used = models.PositiveIntegerField(_("assigned"))
    counted_at = models.DateTimeField(_("counted"), auto_now_add=True)

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = _("licences at the takeover")
        verbose_name_plural = _("licences at the takeover")
        constraints = [
            models.UniqueConstraint(name="one_count_per_licence", fields=["tenant", "sku_id"]),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.used}/{self.total}"
