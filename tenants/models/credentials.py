"""Passwords of customers, for as short as can be."""

from datetime import timedelta

from django.db import models
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from common.fields import EncryptedJSONField, SealedManager
from tenants.models.tenants import Tenant

CREDENTIAL_LIFE = timedelta(hours=24)


class Credential(models.Model):
    """A password of the customer's: shown or mailed once, then erased; gone after a day."""

    class Purpose(models.TextChoices):
        INITIAL = "initial", _("first password")
        RESET = "reset", _("reset")

    class Because(models.TextChoices):
        SHOWN = "shown", _("shown once")
        MAILED = "mailed", _("mailed")
        EXPIRED = "expired", _("kept long enough")

    tenant = models.ForeignKey(
        Tenant, on_delete=models.CASCADE, related_name="credentials", verbose_name=_("service")
    )
    purpose = models.CharField(_("purpose"), max_length=10, choices=Purpose)
    login = models.CharField(_("login"), max_length=120)
    secret = EncryptedJSONField(_("secret"))
    show_to_id = models.BigIntegerField(
        _("number of the person who may see it"), null=True, blank=True
    )
    """The one person who may see it once; empty: it is mailed to the customer."""
    operation_id = models.BigIntegerField(_("number of the operation"), null=True, blank=True)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    erased_at = models.DateTimeField(_("erased"), null=True, blank=True)
    erased_because = models.CharField(
        _("reason of the erasure"), max_length=10, choices=Because, blank=True
    )

    objects = SealedManager["Credential"]()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("customer's password")
        verbose_name_plural = _("customers' passwords")

    def __str__(self) -> str:
        return f"{self.login} ({self.get_purpose_display()})"

    def erase(self, because: str) -> bool:
        """Forget the password; `because`: mailed, shown, expired. True once only."""
        mine = Credential.objects.filter(pk=self.pk, erased_at=None)
        return mine.update(secret=None, erased_at=now(), erased_because=because) == 1
