"""Files of several customers: each is an order to be, checked before anything is ordered."""

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Account
from common.fields import EncryptedJSONField, SealedManager
from orders.models.order import Order


class RowState(models.TextChoices):
    CHECKING = "checking", _("being checked")
    BAD = "bad", _("to be corrected")
    GOOD = "good", _("can be ordered")
    ORDERING = "ordering", _("being ordered")
    ORDERED = "ordered", _("ordered")


class Upload(models.Model):
    """One file."""

    account = models.ForeignKey(
        Account, on_delete=models.CASCADE, related_name="uploads", verbose_name=_("account")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="uploads",
        verbose_name=_("person"),
    )
    name = models.CharField(_("file name"), max_length=200)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("file of orders")
        verbose_name_plural = _("files of orders")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("orders:upload", args=[self.pk])

    @property
    def key(self) -> str:
        """This file in the journal."""
        return f"upload:{self.pk}"


class UploadRow(models.Model):
    """One customer of a file."""

    upload = models.ForeignKey(
        Upload, on_delete=models.CASCADE, related_name="rows", verbose_name=_("file of orders")
    )
    number = models.PositiveIntegerField(_("line"))
    """Of its first line in the file."""
    state = models.CharField(_("state"), max_length=10, choices=RowState, default=RowState.CHECKING)
    form_key = models.UUIDField(_("key of the form"), default=uuid.uuid4, unique=True)
    """However often it is confirmed: one order."""
    lines = EncryptedJSONField(_("cells as read"))
    """The cells of its lines, as read."""
    typed = EncryptedJSONField(_("order as checked"))
    """The order form as it was found good, with the prices shown."""
    errors = EncryptedJSONField(_("errors"))
    """Column (or empty) and sentence, pairs."""
    order = models.ForeignKey(
        Order,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("order"),
    )

    objects = SealedManager["UploadRow"]()

    class Meta:
        ordering = ["number"]
        verbose_name = _("customer of a file")
        verbose_name_plural = _("customers of files")
        constraints = [
            models.UniqueConstraint(name="one_row_per_number", fields=["upload", "number"])
        ]

    def __str__(self) -> str:
        return f"{self.upload_id}/{self.number}"

    @property
    def key(self) -> str:
        """This row in the journal."""
        return f"uploadrow:{self.pk}"

    def move(self, old: RowState, new: RowState, **facts: Any) -> bool:
        """Compare and set; False when it has moved already."""
        rows = UploadRow.objects.filter(pk=self.pk, state=old)
        if rows.update(state=new, **facts) != 1:
            return False
        self.refresh_from_db()
        return True
