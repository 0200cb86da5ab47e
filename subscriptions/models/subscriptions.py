"""What has been bought."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from subscriptions.models.licences import Licence
from tenants.models import Tenant


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
    """What the reseller pays for one seat and billing period."""
    unit_cost = models.DecimalField(max_digits=12, decimal_places=4, null=True, blank=True)
    """What the provider pays Microsoft for it; no reseller sees it. Empty: not known."""
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
