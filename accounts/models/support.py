"""Staff looking into an account in the place of one of its members."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from accounts.models.account import Account
from journal.people import By

LONGEST = timedelta(minutes=60)


class SupportVisitQuerySet(models.QuerySet["SupportVisit"]):
    """Visits by whether they still let somebody in; real time, not Microsoft's."""

    def open(self) -> "SupportVisitQuerySet":
        """Neither ended nor too old, of staff who still are, in an account that still agrees."""
        return self.filter(
            ended_at=None,
            ends_at__gt=now(),
            staff__is_active=True,
            staff__is_staff=True,
            account__support_may_look=True,
        )

    def over(self) -> "SupportVisitQuerySet":
        """Those that let nobody in any more, while nobody has written down that they ended."""
        return self.filter(ended_at=None).exclude(pk__in=self.open().values("pk"))


class SupportVisit(models.Model):
    """One member of staff sees an account as one of its members does, for a reason."""

    staff = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="support_visits",
        verbose_name=_("staff"),
    )
    account = models.ForeignKey(
        Account, on_delete=models.CASCADE, related_name="support_visits", verbose_name=_("account")
    )
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name=_("member"),
    )
    reason = models.TextField(_("reason"), max_length=500)
    may_change = models.BooleanField(_("changes allowed"), default=False)
    began_at = models.DateTimeField(_("began"), default=now)
    ends_at = models.DateTimeField(_("ends at the latest"))
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    objects = SupportVisitQuerySet.as_manager()

    class Meta:
        ordering = ["-began_at", "-pk"]
        verbose_name = _("visit of support")
        verbose_name_plural = _("visits of support")

    def __str__(self) -> str:
        return f"{self.staff.email} → {self.member.email}, {self.began_at:%Y-%m-%d %H:%M}"

    @property
    def by(self) -> By:
        """Who acts in the journal; the number is that of staff."""
        return By(label=f"{self.staff.email} → {self.member.email}"[:254], user_id=self.staff_id)
