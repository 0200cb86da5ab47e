"""What somebody has typed of an order that is not placed yet."""

from django.conf import settings
from django.db import models

from accounts.models import Account
from common.fields import EncryptedJSONField, SealedManager
from tenants.models import Tenant


class Draft(models.Model):
    """One order form as it was last sent, of one person; contact details are personal data."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="drafts")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="drafts"
    )
    tenant = models.ForeignKey(
        Tenant, null=True, blank=True, on_delete=models.CASCADE, related_name="drafts"
    )
    """The service for which more licences are chosen; empty: a new platform."""
    form_key = models.UUIDField()
    """The order that is placed with it erases the draft."""
    data = EncryptedJSONField()
    """Names and texts of the fields, as typed."""
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = SealedManager["Draft"]()

    class Meta:
        ordering = ["-updated_at"]
        constraints = [
            models.UniqueConstraint(
                name="one_draft_per_person_and_page",
                fields=["account", "user", "tenant"],
                nulls_distinct=False,
            ),
        ]

    def __str__(self) -> str:
        return f"draft {self.pk}"
