"""Views of lists that a person keeps under a name."""

from django.conf import settings
from django.db import models

from accounts.models.account import Account


class SavedView(models.Model):
    """What one person asked of one list of an account: filters, order, columns, page size."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_views"
    )
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="saved_views")
    list = models.CharField(max_length=30)
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=1000, blank=True)
    """As in the address, without the page."""

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                name="one_saved_view_per_name", fields=["user", "account", "list", "name"]
            ),
        ]

    def __str__(self) -> str:
        return self.name
