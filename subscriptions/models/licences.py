"""What Microsoft sells: a SKU in one market and segment, and the plans it is offered in."""

from collections.abc import Collection
from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Prefetch, Q
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from common.segments import Segment
from subscriptions.models.prices import Price
from subscriptions.words import in_words


class LicenceQuerySet(models.QuerySet["Licence"]):
    def on_sale(
        self,
        *,
        market: str,
        country: str,
        currency: str,
        segments: Collection[str] = (Segment.COMMERCIAL,),
    ) -> Self:
        """What can be bought there today, each with its current prices in `prices_now`.

        Only what has both an availability (a plan) and a price in the currency.
        """
        prices = Price.objects.offered().filter(currency=currency)
        rows = self.filter(market=market, country=country, segment__in=segments, valid_to=None)
        return (
            rows.filter(Exists(prices.filter(licence=OuterRef("pk"))))
            .prefetch_related(Prefetch("prices", queryset=prices, to_attr="prices_now"))
            .order_by("segment", "is_addon", "name")
        )


class Licence(models.Model):
    """A SKU of Microsoft's catalogue in one market and segment."""

    market = models.CharField(_("region"), max_length=4)
    """Connection alias of the CSP region."""
    country = models.CharField(_("country"), max_length=2)
    segment = models.CharField(
        _("segment"), max_length=20, choices=Segment, default=Segment.COMMERCIAL
    )
    product_id = models.CharField(_("product ID"), max_length=40)
    sku_id = models.CharField(_("SKU ID"), max_length=20)
    provisioning_id = models.CharField(_("provisioning ID"), max_length=36, blank=True)
    """What Microsoft calls the same licence where it counts seats in a tenant."""
    name = models.CharField(_("licence name"), max_length=200)
    description = models.TextField(_("description"), blank=True)
    is_addon = models.BooleanField(_("add-on"), default=False)
    is_trial = models.BooleanField(_("trial"), default=False)
    prerequisites = models.JSONField(_("needs one of"), default=list, blank=True)
    """`product:sku` texts, one of which the tenant must have."""
    minimum = models.PositiveIntegerField(_("minimum"), default=1)
    maximum = models.PositiveIntegerField(_("maximum"), null=True, blank=True)
    valid_from = models.DateTimeField(_("valid from"), default=now)
    """Microsoft's time, like every validity."""
    valid_to = models.DateTimeField(_("valid to"), null=True, blank=True)
    """When Microsoft was first seen not to show it any more; empty: it is sold."""
    seen_at = models.DateTimeField(_("last seen"), default=now)

    objects = LicenceQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name = _("licence")
        verbose_name_plural = _("licences")
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


class Plan(models.Model):
    """A term and billing cycle in which a licence is offered, as an availability said."""

    licence = models.ForeignKey(
        Licence, on_delete=models.CASCADE, related_name="plans", verbose_name=_("licence")
    )
    term = models.CharField(_("term"), max_length=5)
    """ISO 8601: P1M, P1Y, P3Y."""
    billing_cycle = models.CharField(_("billing"), max_length=10)
    """Microsoft's word: Monthly, Annual, Triennial, OneTime."""
    description = models.CharField(_("description"), max_length=200, blank=True)
    is_renewable = models.BooleanField(_("renewable"), default=True)
    refunds = models.JSONField(_("cancellation policy"), default=list, blank=True)
    """Cancellation policy: `{"type": "Full", "within": "P1D"}`, in Microsoft's order."""
    valid_from = models.DateTimeField(_("valid from"), default=now)
    valid_to = models.DateTimeField(_("valid to"), null=True, blank=True)

    class Meta:
        ordering = ["licence", "term", "billing_cycle", "-valid_from"]
        verbose_name = _("term on offer")
        verbose_name_plural = _("terms on offer")
        constraints = [
            models.UniqueConstraint(
                name="one_plan_at_a_time",
                fields=["licence", "term", "billing_cycle"],
                condition=Q(valid_to=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.licence}, {in_words(self)}"
