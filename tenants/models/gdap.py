"""Granular delegated admin privileges of the provider in a tenant."""

from typing import Any

from django.db import models
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from tenants.models.tenants import Tenant


class GdapState(models.TextChoices):
    """Microsoft's words, in the order they come; unknown ones survive as text."""

    WANTED = "wanted", _("will be asked for")
    CREATED = "created", _("created")
    PENDING = "approvalPending", _("waits for the customer's approval")
    ACTIVE = "active", _("active")
    READY = "ready", _("ready: roles assigned, application consented")


class Gdap(models.Model):
    """The granular rights that the customer's administrator grants the provider."""

    tenant = models.OneToOneField(Tenant, on_delete=models.CASCADE, related_name="gdap")
    microsoft_id = models.CharField(max_length=80, blank=True)
    state = models.CharField(max_length=30, default=GdapState.WANTED)
    link = models.URLField(max_length=300, blank=True)
    ends_at = models.DateTimeField(null=True, blank=True)
    updated_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"{self.tenant}: {self.state}"

    @property
    def key(self) -> str:
        return f"gdap:{self.tenant_id}"

    @property
    def label(self) -> str:
        """The state in words; one of Microsoft's that we do not know stays as it is."""
        known = dict(GdapState.choices)
        return str(known.get(self.state, self.state))

    @property
    def is_ready(self) -> bool:
        return self.state == GdapState.READY

    def move(self, state: str, **facts: Any) -> None:
        """Record Microsoft's latest word."""
        Gdap.objects.filter(pk=self.pk).update(state=state, updated_at=now(), **facts)
        self.refresh_from_db()
