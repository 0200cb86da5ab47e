"""What a person of an account is told."""

from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F, Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership, Topic, Way
from inbox.kinds import KINDS, Kind
from inbox.words import about, link, sentence
from journal.models import Event
from tenants.models import Tenant

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class NotificationQuerySet(models.QuerySet["Notification"]):
    def unread(self) -> Self:
        return self.filter(read_at=None)

    def shown(self, at: datetime) -> Self:
        """Not put off to a later moment."""
        return self.filter(shown_at__lte=at)

    def for_page(self) -> Self:
        return self.select_related("event", "tenant").order_by("-shown_at", "-pk")

    def waiting_for_digest(self) -> Self:
        """Unread, and not yet in the mail that its reader chose."""
        ways = [Way.DAILY, Way.WEEKLY]
        return self.filter(way__in=ways, digest_date=None, read_at=None)


class Notification(models.Model):
    """One event as one member of an account sees it. All times are Microsoft's."""

    membership = models.ForeignKey(
        Membership,
        on_delete=models.CASCADE,
        related_name="notifications",
        verbose_name=_("membership"),
    )
    event = models.ForeignKey(
        Event, on_delete=models.CASCADE, related_name="notifications", verbose_name=_("event")
    )
    tenant = models.ForeignKey(
        Tenant,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name=_("service"),
    )
    topic = models.CharField(_("topic"), max_length=20, choices=Topic)
    way = models.CharField(_("way"), max_length=10, choices=Way)
    """As it was chosen when it happened."""
    made_at = models.DateTimeField(_("happened"))
    shown_at = models.DateTimeField(_("shown from"))
    """Later than `made_at` while snoozed."""
    read_at = models.DateTimeField(_("read"), null=True, blank=True)
    digest_date = models.DateField(_("in the digest of"), null=True, blank=True)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        ordering = ["-shown_at", "-pk"]
        verbose_name = _("notification")
        verbose_name_plural = _("notifications")
        constraints = [
            models.UniqueConstraint(name="one_notification", fields=["membership", "event"]),
        ]
        indexes = [
            models.Index(name="notification_list", fields=["membership", "-shown_at"]),
            models.Index(
                name="notification_unread",
                fields=["membership", "shown_at"],
                condition=Q(read_at=None),
            ),
            models.Index(
                name="notification_digest",
                fields=["shown_at"],
                condition=Q(digest_date=None, read_at=None, way__in=[Way.DAILY, Way.WEEKLY]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event}: {self.membership_id}"

    @property
    def kind(self) -> Kind | None:
        return KINDS.get(self.event.kind)

    @property
    def severity(self) -> str:
        return self.kind.severity if self.kind else "info"

    @property
    def text(self) -> "StrOrPromise":
        """What happened, in the active language."""
        return sentence(self.event)

    @cached_property
    def about(self) -> str:
        """The service, MPN ID, domain or person it is about; empty: the account."""
        return about(self.event, self.tenant)

    @cached_property
    def target(self) -> str:
        """The path of the page where it can be looked at."""
        return link(self.event, self.tenant)

    def read(self, at: datetime) -> bool:
        """False when it was read already."""
        rows = Notification.objects.filter(pk=self.pk, read_at=None)
        return rows.update(read_at=at) == 1

    def unread(self) -> bool:
        rows = Notification.objects.filter(pk=self.pk).exclude(read_at=None)
        return rows.update(read_at=None) == 1

    def put_off(self, until: datetime) -> None:
        """Gone until then, and unread when it comes back."""
        Notification.objects.filter(pk=self.pk).update(
            shown_at=until, read_at=None, digest_date=None
        )


def come_back(rows: NotificationQuerySet, *, until: datetime) -> int:
    """Those that were put off until just then are shown again."""
    return rows.filter(shown_at=until).update(shown_at=F("made_at"))
