"""What somebody has typed of an order that is not placed yet."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Account
from common.fields import EncryptedJSONField, SealedManager
from tenants.models import Tenant


class Draft(models.Model):
    """One order form as it was last sent, of one person; contact details are personal data."""

    account = models.ForeignKey(
        Account, on_delete=models.CASCADE, related_name="drafts", verbose_name=_("account")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="drafts",
        verbose_name=_("person"),
    )
    tenant = models.ForeignKey(
        Tenant,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="drafts",
        verbose_name=_("service"),
    )
    """The service for which more licences are chosen; empty: a new platform."""
    form_key = models.UUIDField(_("key of the form"))
    """The order that is placed with it erases the draft."""
    data = EncryptedJSONField(_("order as typed"))
    """Names and texts of the fields, as typed."""
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    updated_at = models.DateTimeField(_("updated"), auto_now=True)

    objects = SealedManager["Draft"]()

    class Meta:
        ordering = ["-updated_at"]
        verbose_name = _("order draft")
        verbose_name_plural = _("order drafts")
        constraints = [
            models.UniqueConstraint(
                name="one_draft_per_person_and_page",
                fields=["account", "user", "tenant"],
                nulls_distinct=False,
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"
