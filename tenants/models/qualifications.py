"""Which market segments Microsoft lets a customer buy from."""

from datetime import datetime

from django.db import models
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from common.clock import microsoft_now
from common.segments import Segment
from tenants.models.tenants import Tenant


class QualificationState(models.TextChoices):
    """Ours (asked) and Microsoft's vetting states; unknown ones survive as text."""

    ASKED = "asked", _("being asked for")
    IN_REVIEW = "inreview", _("in review at Microsoft")
    APPROVED = "approved", _("approved")
    DENIED = "denied", _("denied")
    ENDED = "ended", _("no longer held")


DECIDED = (QualificationState.APPROVED, QualificationState.DENIED, QualificationState.ENDED)


class EducationKind(models.TextChoices):
    """Microsoft's two kinds of schools."""

    K12 = "K12", _("primary or secondary education")
    HIGHER = "HigherEducation", _("higher education")


class QualificationQuerySet(models.QuerySet["Qualification"]):
    def approved(self) -> "QualificationQuerySet":
        return self.filter(state=QualificationState.APPROVED)


class Qualification(models.Model):
    """What was asked of Microsoft about a customer, and how far its vetting is."""

    tenant = models.ForeignKey(
        Tenant, on_delete=models.CASCADE, related_name="qualifications", verbose_name=_("service")
    )
    segment = models.CharField(_("segment"), max_length=20, choices=Segment)
    state = models.CharField(
        _("state"), max_length=20, choices=QualificationState, default=QualificationState.ASKED
    )
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    """Microsoft's words, when it denied."""
    education_kind = models.CharField(
        _("kind of school"), max_length=20, choices=EducationKind, blank=True
    )
    website = models.URLField(_("website"), blank=True)
    asked_by = models.CharField(_("asked by"), max_length=254)
    asked_by_id = models.BigIntegerField(_("number of the person who asked"), null=True, blank=True)
    asked_at = models.DateTimeField(_("asked"), default=now)
    vetting_since = models.DateTimeField(_("in review since"), null=True, blank=True)
    """When Microsoft began to look, as it says."""
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    as_of = models.DateTimeField(_("as of"), null=True, blank=True)
    """When Microsoft last showed it."""

    objects = QualificationQuerySet.as_manager()

    class Meta:
        ordering = ["tenant", "segment"]
        verbose_name = _("qualification")
        verbose_name_plural = _("qualifications")
        constraints = [
            models.UniqueConstraint(name="one_qualification", fields=["tenant", "segment"]),
        ]

    def __str__(self) -> str:
        return f"{self.tenant}: {self.get_segment_display()} ({self.get_state_display()})"

    @property
    def key(self) -> str:
        """This qualification in the journal."""
        return f"qualification:{self.pk}"

    @property
    def is_approved(self) -> bool:
        return self.state == QualificationState.APPROVED

    @property
    def is_open(self) -> bool:
        """Microsoft has yet to decide."""
        return self.state not in DECIDED

    def show(self, *, state: str, reason: str, since: datetime | None) -> bool:
        """Record what Microsoft shows now. True when the state is another one than before."""
        mine = Qualification.objects.filter(pk=self.pk)
        facts = {"reason": reason[:300], "as_of": microsoft_now()}
        if since is not None:
            facts["vetting_since"] = since
        decided_at = microsoft_now() if state in DECIDED else None
        moved = mine.exclude(state=state).update(state=state, decided_at=decided_at, **facts) == 1
        if not moved:
            mine.update(**facts)
        self.refresh_from_db()
        return moved
