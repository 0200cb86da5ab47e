"""Catalogue (what may be bought, at which price) and subscriptions (what has been)."""

from datetime import datetime
from decimal import Decimal
from typing import Any, Self

from django.db import models
from django.db.models import Exists, OuterRef, Prefetch, Q
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from tenants.models import Tenant


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


class Price(models.Model):
    """What one seat costs per billing period, for a term and a billing cycle; current row only."""

    licence = models.ForeignKey(Licence, on_delete=models.CASCADE, related_name="prices")
    currency = models.CharField(max_length=3)
    term = models.CharField(max_length=5)
    """ISO 8601: P1M, P1Y, P3Y."""
    billing_cycle = models.CharField(max_length=10)
    """Microsoft's word: Monthly, Annual, Triennial, OneTime."""
    amount = models.DecimalField(max_digits=12, decimal_places=4)
    valid_from = models.DateTimeField(default=now)

    class Meta:
        ordering = ["licence", "term", "billing_cycle"]
        constraints = [
            models.UniqueConstraint(
                name="one_price", fields=["licence", "currency", "term", "billing_cycle"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.licence} {self.term}/{self.billing_cycle} {self.amount} {self.currency}"


class Status(models.TextChoices):
    """Ours (pending) and Microsoft's words; unknown ones survive as text."""

    PENDING = "pending", _("being ordered")
    ACTIVE = "active", _("active")
    SUSPENDED = "suspended", _("suspended")
    DELETED = "deleted", _("cancelled")
    EXPIRED = "expired", _("expired")
    DISABLED = "disabled", _("disabled")


class SubscriptionQuerySet(models.QuerySet["Subscription"]):
    def current(self) -> "SubscriptionQuerySet":
        return self.exclude(status=Status.DELETED)


class Subscription(models.Model):
    """Seats of one licence in one tenant, as Microsoft last showed them."""

    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, related_name="subscriptions")
    licence = models.ForeignKey(
        Licence, null=True, blank=True, on_delete=models.SET_NULL, related_name="subscriptions"
    )
    microsoft_id = models.CharField(max_length=36, blank=True)
    name = models.CharField(max_length=200)
    quantity = models.PositiveIntegerField()
    status = models.CharField(max_length=20, choices=Status, default=Status.PENDING)
    term = models.CharField(max_length=5)
    billing_cycle = models.CharField(max_length=10)
    unit_price = models.DecimalField(max_digits=12, decimal_places=4)
    currency = models.CharField(max_length=3)
    mpn_id = models.CharField(max_length=10, blank=True)
    auto_renew = models.BooleanField(default=True)
    cancellable_until = models.DateTimeField(null=True, blank=True)
    refundable = models.JSONField(default=list, blank=True)
    """Batches `{"quantity": int, "until": iso datetime}` as Microsoft listed them."""
    commitment_ends_at = models.DateTimeField(null=True, blank=True)
    as_of = models.DateTimeField(null=True, blank=True)
    """When Microsoft last showed it."""
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = SubscriptionQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="one_subscription_per_microsoft_id",
                fields=["microsoft_id"],
                condition=~Q(microsoft_id=""),
            ),
            models.CheckConstraint(
                name="active_subscription_is_microsofts",
                condition=~Q(status="active", microsoft_id=""),
            ),
        ]
        indexes = [models.Index(name="subscription_table", fields=["tenant", "id"])]

    def __str__(self) -> str:
        return f"{self.name} ({self.quantity})"

    @property
    def key(self) -> str:
        """This subscription in the journal."""
        return f"subscription:{self.pk}"

    @property
    def period_amount(self) -> Decimal:
        """What all its seats cost per billing period."""
        return self.unit_price * self.quantity

    def show(self, *, as_of: datetime, **facts: Any) -> None:
        """Record what Microsoft shows; an older look never overwrites a newer one."""
        newer = Q(as_of=None) | Q(as_of__lte=as_of)
        Subscription.objects.filter(newer, pk=self.pk).update(
            as_of=as_of, updated_at=now(), **facts
        )
        self.refresh_from_db()
