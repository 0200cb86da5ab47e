"""What licences cost: the provider's price sheets with their history."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from subscriptions.words import in_words


class PriceQuerySet(models.QuerySet["Price"]):
    def current(self) -> Self:
        """Prices of today's sheet."""
        return self.filter(is_announced=False, valid_to=None)

    def offered(self) -> Self:
        """Those of them whose plan an availability offers today: what can be bought."""
        return self.current().filter(
            licence__plans__term=F("term"),
            licence__plans__billing_cycle=F("billing_cycle"),
            licence__plans__valid_to=None,
        )

    def announced(self, *, after: datetime) -> Self:
        """Next month's prices, as Microsoft's preview last showed them."""
        return self.filter(is_announced=True, valid_to=None, valid_from__gt=after)


class Price(models.Model):
    """What one seat costs per billing period, for a term and a billing cycle, while it is valid."""

    licence = models.ForeignKey(
        "subscriptions.Licence",
        on_delete=models.CASCADE,
        related_name="prices",
        verbose_name=_("licence"),
    )
    currency = models.CharField(_("currency"), max_length=3)
    term = models.CharField(_("term"), max_length=5)
    """ISO 8601: P1M, P1Y, P3Y."""
    billing_cycle = models.CharField(_("billing"), max_length=10)
    """Microsoft's word: Monthly, Annual, Triennial, OneTime."""
    amount = models.DecimalField(_("unit price"), max_digits=12, decimal_places=4)
    """What the provider pays Microsoft; no reseller sees it."""
    retail = models.DecimalField(
        _("recommended retail price"), max_digits=12, decimal_places=4, default=0
    )
    valid_from = models.DateTimeField(_("valid from"), default=now)
    valid_to = models.DateTimeField(_("valid to"), null=True, blank=True)
    """Empty: it still holds."""
    is_announced = models.BooleanField(_("announced"), default=False)
    """From next month's sheet; it counts when the sheet of that month says so, too."""

    objects = PriceQuerySet.as_manager()

    class Meta:
        ordering = ["licence", "term", "billing_cycle", "-valid_from"]
        verbose_name = _("price")
        verbose_name_plural = _("prices")
        constraints = [
            models.UniqueConstraint(
                name="one_price_at_a_time",
                fields=["licence", "currency", "term", "billing_cycle", "is_announced"],
                condition=Q(valid_to=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.licence}, {in_words(self)}: {self.amount} {self.currency}"
