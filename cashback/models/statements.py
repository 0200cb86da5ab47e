"""What an MPN ID earns in a month: an estimate until the month is closed, then frozen."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import PartnerId
from cashback.models.rules import Rule
from subscriptions.models import Subscription


class Statement(models.Model):
    """One MPN ID, month and currency."""

    partner_id = models.ForeignKey(
        PartnerId, on_delete=models.PROTECT, related_name="statements", verbose_name=_("MPN ID")
    )
    month = models.DateField(_("month"))
    currency = models.CharField(_("currency"), max_length=3)
    total = models.DecimalField(_("total"), max_digits=14, decimal_places=2, default=0)
    """The sum of its lines, corrections of earlier months included."""
    computed_at = models.DateTimeField(_("as of"))
    frozen_at = models.DateTimeField(_("closed"), null=True, blank=True)

    class Meta:
        ordering = ["-month", "partner_id", "currency"]
        verbose_name = _("cashback statement")
        verbose_name_plural = _("cashback statements")
        constraints = [
            models.UniqueConstraint(
                name="one_statement", fields=["partner_id", "month", "currency"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.partner_id.mpn_id} {self.month:%Y-%m}"

    def get_absolute_url(self) -> str:
        return reverse("cashback:statement", args=[self.pk])

    @property
    def is_frozen(self) -> bool:
        return self.frozen_at is not None


class Line(models.Model):
    """What one subscription earned, with the rule; or the correction of an earlier month."""

    statement = models.ForeignKey(
        Statement, on_delete=models.CASCADE, related_name="lines", verbose_name=_("statement")
    )
    number = models.PositiveIntegerField(_("number"))
    subscription = models.ForeignKey(
        Subscription,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("subscription"),
    )
    corrects = models.DateField(_("corrects the month"), null=True, blank=True)
    """The closed month that this line sets right; then nothing else is filled in."""
    rule = models.ForeignKey(
        Rule,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="lines",
        verbose_name=_("rule"),
    )
    volume = models.PositiveIntegerField(_("licences of the MPN ID"), default=0)
    """The most seats of the MPN ID on one day, in the rule's scope: they choose the tier."""
    peak_seats = models.PositiveIntegerField(_("most licences"), default=0)
    peak_day = models.DateField(_("day of the most licences"), null=True, blank=True)
    unit_price = models.DecimalField(_("unit price"), max_digits=12, decimal_places=4, default=0)
    billing_cycle = models.CharField(_("billing"), max_length=10, blank=True)
    base = models.DecimalField(_("base"), max_digits=14, decimal_places=2, default=0)
    """Peak seats at the net price of one month."""
    amount = models.DecimalField(_("amount"), max_digits=14, decimal_places=2)
    is_capped = models.BooleanField(_("capped"), default=False)

    class Meta:
        ordering = ["number"]
        verbose_name = _("cashback line")
        verbose_name_plural = _("cashback lines")
        constraints = [
            models.UniqueConstraint(name="one_cashback_line", fields=["statement", "number"]),
        ]

    def __str__(self) -> str:
        return f"{self.statement}: {self.amount}"
