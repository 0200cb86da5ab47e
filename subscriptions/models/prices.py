"""What licences cost."""

from django.db import models
from django.utils.timezone import now


class Price(models.Model):
    """What one seat costs per billing period, for a term and a billing cycle; current row only."""

    licence = models.ForeignKey(
        "subscriptions.Licence", on_delete=models.CASCADE, related_name="prices"
    )
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
