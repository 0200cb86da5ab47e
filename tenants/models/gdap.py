"""Granular delegated admin privileges of the provider in a tenant."""

from datetime import datetime
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
    EXPIRED = "expired", _("expired")
    TERMINATION_REQUESTED = "terminationRequested", _("being ended by the customer")
    TERMINATING = "terminating", _("being ended by the customer")
    TERMINATED = "terminated", _("ended")


GRANTED = (GdapState.ACTIVE, GdapState.READY)
ENDED = (
    GdapState.EXPIRED,
    GdapState.TERMINATION_REQUESTED,
    GdapState.TERMINATING,
    GdapState.TERMINATED,
)


class Gdap(models.Model):
    """The granular rights that the customer's administrator grants the provider."""

    tenant = models.OneToOneField(
        Tenant, on_delete=models.CASCADE, related_name="gdap", verbose_name=_("service")
    )
    microsoft_id = models.CharField(_("ID at Microsoft"), max_length=80, blank=True, db_index=True)
    state = models.CharField(_("state"), max_length=30, choices=GdapState, default=GdapState.WANTED)
    link = models.URLField(_("link"), max_length=300, blank=True)
    ends_at = models.DateTimeField(_("ends"), null=True, blank=True)
    extends = models.BooleanField(_("extends by itself"), default=False)
    """Microsoft extends it by itself before it ends."""
    warned_days = models.PositiveSmallIntegerField(
        _("last warning (days before the end)"), null=True, blank=True
    )
    """How many days before the end the reseller was last warned."""
    renewals = models.PositiveSmallIntegerField(_("times asked for anew"), default=0)
    """How often it was asked for anew after it had ended."""
    checked_at = models.DateTimeField(_("last checked"), null=True, blank=True)
    """When Microsoft last showed it."""
    updated_at = models.DateTimeField(_("updated"), auto_now=True)

    class Meta:
        verbose_name = _("granular rights (GDAP)")
        verbose_name_plural = _("granular rights (GDAP)")

    def __str__(self) -> str:
        return f"{self.tenant}: {self.label}"

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

    @property
    def is_granted(self) -> bool:
        return self.state in GRANTED

    @property
    def has_ended(self) -> bool:
        return self.state in ENDED

    @property
    def may_be_renewed(self) -> bool:
        """There is an end to put off, or something to ask for anew."""
        return self.has_ended or (self.is_granted and not self.extends)

    def days_left(self, at: datetime) -> int | None:
        """Whole days until it ends; None where no end is known."""
        return (self.ends_at - at).days if self.ends_at else None

    def move(self, state: str, **facts: Any) -> None:
        """Record Microsoft's latest word."""
        Gdap.objects.filter(pk=self.pk).update(state=state, updated_at=now(), **facts)
        self.refresh_from_db()
