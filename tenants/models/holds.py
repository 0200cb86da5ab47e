"""Why a licence group is suspended."""

from django.db import models
from django.db.models import Q
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from tenants.models.tenants import Tenant


class HoldReason(models.TextChoices):
    STAFF = "staff", _("by the provider's staff")
    MPN_ID = "mpn_id", _("MPN ID not valid")


class HoldQuerySet(models.QuerySet["Hold"]):
    def open(self) -> "HoldQuerySet":
        return self.filter(lifted_at=None)


class Hold(models.Model):
    """One reason for which a tenant is suspended; it is reopened when none is left."""

    tenant = models.ForeignKey(
        Tenant, on_delete=models.CASCADE, related_name="holds", verbose_name=_("service")
    )
    reason = models.CharField(_("reason"), max_length=10, choices=HoldReason)
    note = models.CharField(_("note"), max_length=200, blank=True)
    at_microsoft = models.BooleanField(_("also at Microsoft"), default=False)
    """Its subscriptions are suspended there too."""
    stopped = models.JSONField(_("subscriptions it has stopped"), default=list, blank=True)
    """Subscriptions that this hold has suspended: `{"subscription": pk, "end": choice}`."""
    by_label = models.CharField(_("by"), max_length=254, blank=True)
    since = models.DateTimeField(_("since"), default=now)
    lifted_at = models.DateTimeField(_("lifted"), null=True, blank=True)

    objects = HoldQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("suspension")
        verbose_name_plural = _("suspensions")
        constraints = [
            models.UniqueConstraint(
                name="one_open_hold_per_reason",
                fields=["tenant", "reason"],
                condition=Q(lifted_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.tenant}: {self.get_reason_display()}"

    @property
    def key(self) -> str:
        """This hold as a journey of the journal."""
        return f"hold:{self.pk}"

    def lift(self) -> bool:
        """The reason is gone. True once only."""
        return Hold.objects.open().filter(pk=self.pk).update(lifted_at=now()) == 1

    def note_stopped(self, *, subscription: int, end: str) -> None:
        """A subscription was suspended; `end` was chosen for the end of its term.

        Call it in a transaction.
        """
        locked = Hold.objects.select_for_update().get(pk=self.pk)
        rest = [row for row in locked.stopped if row["subscription"] != subscription]
        locked.stopped = [*rest, {"subscription": subscription, "end": end}]
        locked.save(update_fields=["stopped"])

    def forget_stopped(self, *, subscription: int) -> None:
        """It runs again. Call it in a transaction."""
        locked = Hold.objects.select_for_update().get(pk=self.pk)
        locked.stopped = [row for row in locked.stopped if row["subscription"] != subscription]
        locked.save(update_fields=["stopped"])
