"""Seats as they were counted, a row for each day on which something differs from the day before."""

from datetime import date
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import PartnerId
from subscriptions.models import Subscription


class SeatCountQuerySet(models.QuerySet["SeatCount"]):
    def latest_before(self, day: date) -> Self:
        """The last row of each subscription before that day."""
        rows = self.filter(day__lt=day).order_by("subscription_id", "-day")
        return rows.distinct("subscription_id")


class SeatCount(models.Model):
    """One subscription from `day` (UTC) on, until its next row."""

    subscription = models.ForeignKey(
        Subscription,
        on_delete=models.PROTECT,
        related_name="seat_counts",
        verbose_name=_("subscription"),
    )
    partner_id = models.ForeignKey(
        PartnerId,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="seat_counts",
        verbose_name=_("MPN ID"),
    )
    """Under which it was ordered; empty: none of the account's, so it earns nothing."""
    day = models.DateField(_("from day"))
    seats = models.PositiveIntegerField(_("seats"))
    """That are paid for: none while it is not active."""
    unit_price = models.DecimalField(_("net price"), max_digits=12, decimal_places=4)
    billing_cycle = models.CharField(_("billing"), max_length=10)
    currency = models.CharField(_("currency"), max_length=3)
    product_id = models.CharField(_("product ID"), max_length=40, blank=True)
    segment = models.CharField(_("segment"), max_length=20, blank=True)
    country = models.CharField(_("country"), max_length=2, blank=True)
    corrected_by = models.CharField(_("corrected by"), max_length=254, blank=True)
    """A member of staff who has set right what was counted."""

    objects = SeatCountQuerySet.as_manager()

    class Meta:
        ordering = ["subscription", "day"]
        verbose_name = _("seat count")
        verbose_name_plural = _("seat counts")
        constraints = [
            models.UniqueConstraint(name="one_count_per_day", fields=["subscription", "day"]),
        ]
        indexes = [models.Index(name="seat_count_partner", fields=["partner_id", "day"])]

    def __str__(self) -> str:
        return f"{self.subscription_id} {self.day}: {self.seats}"

    def says_the_same(self, other: "SeatCount") -> bool:
        """Nothing differs but the day."""
        return all(getattr(self, name) == getattr(other, name) for name in COUNTED)


COUNTED = (
    "partner_id_id", "seats", "unit_price", "billing_cycle", "currency", "product_id", "segment",
    "country",
)  # fmt: skip
