"""What Microsoft sells: a SKU in one market and segment."""

from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Prefetch
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from subscriptions.models.prices import Price


class LicenceQuerySet(models.QuerySet["Licence"]):
    def on_sale(self, *, market: str, country: str, currency: str) -> Self:
        """What can be bought there today, each with its current prices in `prices_now`."""
        prices = Price.objects.filter(currency=currency)
        rows = self.filter(market=market, country=country, withdrawn_at=None)
        return (
            rows.filter(Exists(prices.filter(licence=OuterRef("pk"))))
            .prefetch_related(Prefetch("prices", queryset=prices, to_attr="prices_now"))
            .order_by("is_addon", "name")
        )


class Licence(models.Model):
    """A SKU of Microsoft's catalogue in one market and segment."""

    market = models.CharField(max_length=4)
    """Connection alias of the CSP region."""
    country = models.CharField(max_length=2)
    segment = models.CharField(max_length=20, default="commercial")
    product_id = models.CharField(max_length=40)
    sku_id = models.CharField(max_length=20)
    name = models.CharField(_("licence name"), max_length=200)
    description = models.TextField(blank=True)
    is_addon = models.BooleanField(default=False)
    is_trial = models.BooleanField(default=False)
    prerequisites = models.JSONField(default=list, blank=True)
    """`product:sku` texts, one of which the tenant must have."""
    minimum = models.PositiveIntegerField(default=1)
    maximum = models.PositiveIntegerField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    seen_at = models.DateTimeField(default=now)

    objects = LicenceQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                name="one_licence",
                fields=["market", "country", "segment", "product_id", "sku_id"],
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def code(self) -> str:
        """`product:sku`, as Microsoft writes it."""
        return f"{self.product_id}:{self.sku_id}"
