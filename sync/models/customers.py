"""Customers at Microsoft that no account of the portal has."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Account


class FoundState(models.TextChoices):
    OPEN = "open", _("waits for staff")
    TAKEN = "taken", _("belongs to an account")
    IGNORED = "ignored", _("left alone")


class FoundCustomer(models.Model):
    """One tenant of the provider's that staff assigns to an account, or leaves alone."""

    market = models.CharField(_("region"), max_length=10)
    microsoft_id = models.CharField(_("ID at Microsoft"), max_length=36, unique=True)
    domain = models.CharField(_("domain"), max_length=100)
    company = models.CharField(_("company"), max_length=200, blank=True)
    associated_partner_id = models.CharField(_("reseller's tenant"), max_length=36, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=FoundState, default=FoundState.OPEN)
    account = models.ForeignKey(
        Account,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("account"),
    )
    found_at = models.DateTimeField(_("found"), auto_now_add=True)

    class Meta:
        ordering = ["domain"]
        verbose_name = _("customer without account")
        verbose_name_plural = _("customers without account")

    def __str__(self) -> str:
        return self.domain
