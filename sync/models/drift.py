"""Changes that were made elsewhere: listed, never silently taken over."""

from typing import Any, Self

from django.db import models
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from journal.people import By
from subscriptions.models import EndChoice, Status, Subscription
from tenants.models import Tenant


class DriftQuerySet(models.QuerySet["Drift"]):
    def unseen(self) -> Self:
        return self.filter(noted_at=None)


class Drift(models.Model):
    """One member that Microsoft shows otherwise than we did, without a deed of ours."""

    tenant = models.ForeignKey(
        Tenant, on_delete=models.CASCADE, related_name="drifts", verbose_name=_("service")
    )
    subscription = models.ForeignKey(
        Subscription,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="drifts",
        verbose_name=_("subscription"),
    )
    name = models.CharField(_("what"), max_length=200)
    """Of the subscription or tenant, as it was called then."""
    field = models.CharField(_("changed"), max_length=30)
    ours = models.CharField(_("before"), max_length=200, blank=True)
    theirs = models.CharField(_("at Microsoft"), max_length=200, blank=True)
    changed_by = models.CharField(_("by"), max_length=254, blank=True)
    """Whom Microsoft's audit names; empty while nobody knows."""
    changed_at = models.DateTimeField(_("changed at"), null=True, blank=True)
    found_at = models.DateTimeField(_("found at"))
    """By Microsoft's clock."""
    noted_at = models.DateTimeField(_("noted at"), null=True, blank=True)
    noted_by = models.CharField(_("noted by"), max_length=254, blank=True)

    objects = DriftQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("change made elsewhere")
        verbose_name_plural = _("changes made elsewhere")
        indexes = [models.Index(name="drift_of_tenant", fields=["tenant", "-id"])]

    def __str__(self) -> str:
        return f"{self.name}: {self.label}"

    @property
    def label(self) -> str:
        """What has changed, in words."""
        return str(FIELDS.get(self.field, self.field))

    @property
    def before(self) -> str:
        """Our value in words."""
        return _in_words(self.field, self.ours)

    @property
    def after(self) -> str:
        """Microsoft's value in words."""
        return _in_words(self.field, self.theirs)

    def note(self, by: By) -> bool:
        """Somebody has seen it. True once only."""
        mine = Drift.objects.filter(pk=self.pk, noted_at=None)
        return mine.update(noted_at=now(), noted_by=by.label) == 1


def _in_words(field: str, value: str) -> str:
    """A value that nobody has a word for stays as Microsoft wrote it."""
    return str(WORDS.get(field, {}).get(value, value))


WORDS: dict[str, dict[str, Any]] = {
    "status": dict(Status.choices),
    "end_choice": dict(EndChoice.choices),
    "auto_renew": {"True": _("switched on"), "False": _("switched off")},
    "relationship": {
        "20002": _("The customer is not in a relationship with this provider (any more)."),
        "60003": _("Microsoft does not know this customer (any more)."),
    },
}

FIELDS = {
    "bought": _("bought elsewhere"),
    "quantity": _("number of licences"),
    "status": _("status"),
    "auto_renew": _("automatic renewal"),
    "end_choice": _("choice for the end of the term"),
    "term": _("term"),
    "billing_cycle": _("billing"),
    "mpn_id": _("MPN ID"),
    "relationship": _("relationship with the provider"),
}
