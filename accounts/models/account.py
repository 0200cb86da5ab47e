"""Resellers."""

import secrets
from decimal import Decimal

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.regions import Currency, Region


def new_nic_handle() -> str:
    """A handle in OVH's form, e.g. `ab12345-ovh`."""
    letters = "".join(secrets.choice("abcdefghijklmnopqrstuvwxyz") for _n in range(2))
    return f"{letters}{secrets.randbelow(90_000) + 10_000}-ovh"


class Account(models.Model):
    """A reseller."""

    nic_handle = models.CharField(
        _("NIC handle"), max_length=20, unique=True, default=new_nic_handle
    )
    name = models.CharField(_("company"), max_length=100)
    country = models.CharField(_("country"), max_length=2, default="FR")
    region = models.CharField(_("region"), max_length=4, choices=Region, default=Region.EU)
    language = models.CharField(
        _("language"), max_length=5, choices=settings.LANGUAGES, default="en"
    )
    time_zone = models.CharField(_("time zone"), max_length=60, default="Europe/Paris")
    currency = models.CharField(_("currency"), max_length=3, choices=Currency, default="EUR")
    spend_limit = models.DecimalField(
        _("spend limit per order"),
        max_digits=12,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
        help_text=_("The first charge of one order may not exceed it. Empty: no limit."),
    )
    approval_above = models.DecimalField(
        _("approval above"),
        max_digits=12,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
        help_text=_(
            "An order or a change whose first charge is higher waits for an owner, unless an owner"
            " asks for it."
            " Empty: none waits."
        ),
    )
    second_factor_required = models.BooleanField(
        _("everybody must have a second factor"),
        default=False,
        help_text=_("Who has none must set one up before anything else. Tokens are not affected."),
    )
    support_may_look = models.BooleanField(
        _("support may look into this account"),
        default=True,
        help_text=_(
            "The provider's staff then sees what a member sees, for an hour, with a reason that"
            " your audit shows. Off: nobody may, and whoever does is sent away."
        ),
    )
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    members = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        through="accounts.Membership",
        related_name="accounts",
        verbose_name=_("members"),
    )

    class Meta:
        ordering = ["name"]
        verbose_name = _("account")
        verbose_name_plural = _("accounts")

    def __str__(self) -> str:
        return f"{self.name} ({self.nic_handle})"

    def must_approve(self, amount: Decimal) -> bool:
        """Whether a charge of this amount needs an owner's word."""
        return self.approval_above is not None and amount > self.approval_above

    @property
    def key(self) -> str:
        """This account as a subject of the journal."""
        return f"account:{self.pk}"
