"""What has been bought."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Func, Q, Value
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from common.folding import Fold
from subscriptions.models.licences import Licence
from tenants.models import Tenant


class Status(models.TextChoices):
    """Ours (pending) and Microsoft's words; unknown ones survive as text."""

    PENDING = "pending", _("being ordered")
    ACTIVE = "active", _("active")
    SUSPENDED = "suspended", _("suspended")
    DELETED = "deleted", _("cancelled")
    EXPIRED = "expired", _("expired")
    DISABLED = "disabled", _("disabled")


class EndChoice(models.TextChoices):
    """What happens at the end of the term; empty: nobody has said it."""

    RENEW = "renew", _("renew for another term")
    CANCEL = "cancel", _("end with the term")
    EXTEND = "extend", _("go on month by month")


class Origin(models.TextChoices):
    """Where a subscription was bought."""

    HERE = "here", _("ordered here")
    ELSEWHERE = "elsewhere", _("bought elsewhere")


class SubscriptionQuerySet(models.QuerySet["Subscription"]):
    def current(self) -> "SubscriptionQuerySet":
        return self.exclude(status=Status.DELETED)

    def never_bought(self) -> int:
        """Their order was given up before anything was sent; returns how many."""
        unsent = self.filter(status=Status.PENDING, microsoft_id="")
        return unsent.update(status=Status.DELETED, updated_at=now())

    def renewing(self) -> "SubscriptionQuerySet":
        """Those whose term has an end that somebody should look at, the next one first."""
        standing = self.filter(status__in=[Status.ACTIVE, Status.SUSPENDED])
        return standing.exclude(commitment_ends_at=None).order_by("commitment_ends_at", "pk")


def _text(at: datetime) -> str:
    """As `refundable` keeps moments: in UTC, so that their order is that of the letters."""
    return at.astimezone(UTC).isoformat()


def has_window(*, after: datetime, until: datetime) -> Q:
    """Seats whose window closes after one moment, and at the latest at another.

    Seats that were added later have a window of their own, whatever `cancellable_until` says.
    """
    moments = {"after": _text(after), "until": _text(until)}
    closes = Q(
        Func(
            F("refundable"),
            Value("$[*].until ? (@ > $after && @ <= $until)"),
            Value(moments, output_field=models.JSONField()),
            function="jsonb_path_exists",
            output_field=models.BooleanField(),
        )
    )
    return ~Q(refundable=[]) & closes  # the first has an index


class Subscription(models.Model):
    """Seats of one licence in one tenant, as Microsoft last showed them."""

    tenant = models.ForeignKey(
        Tenant, on_delete=models.PROTECT, related_name="subscriptions", verbose_name=_("service")
    )
    licence = models.ForeignKey(
        Licence,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="subscriptions",
        verbose_name=_("licence"),
    )
    microsoft_id = models.CharField(_("ID at Microsoft"), max_length=36, blank=True)
    name = models.CharField(_("licence name"), max_length=200)
    folded = models.GeneratedField(
        expression=Fold("name"),
        output_field=models.TextField(),
        db_persist=True,
        verbose_name=_("name without accents"),
    )
    """The name as it is searched: no case, no accents."""
    quantity = models.PositiveIntegerField(_("number of licences"))
    status = models.CharField(_("status"), max_length=20, choices=Status, default=Status.PENDING)
    term = models.CharField(_("term"), max_length=5)
    billing_cycle = models.CharField(_("billing"), max_length=10)
    unit_price = models.DecimalField(_("unit price"), max_digits=12, decimal_places=4)
    """What the reseller pays for one seat and billing period."""
    unit_cost = models.DecimalField(
        _("unit cost"), max_digits=12, decimal_places=4, null=True, blank=True
    )
    """What the provider pays Microsoft for it; no reseller sees it. Empty: not known."""
    paid_beside = models.DecimalField(
        _("billed otherwise in this term"), max_digits=12, decimal_places=2, default=Decimal(0)
    )
    """Paid in this term beyond what its seats cost by today's billing: it was billed otherwise."""
    currency = models.CharField(_("currency"), max_length=3)
    mpn_id = models.CharField(_("MPN ID"), max_length=10, blank=True)
    auto_renew = models.BooleanField(_("automatic renewal"), default=True)
    end_choice = models.CharField(
        _("choice for the end of the term"), max_length=10, choices=EndChoice, blank=True
    )
    """What was chosen explicitly. Empty with `auto_renew` off: Microsoft goes on month by month."""
    scheduled = models.JSONField(_("change at the renewal"), default=dict, blank=True)
    """The change waiting for the renewal: `quantity product_id sku_id term billing_cycle …`."""
    cancellable_until = models.DateTimeField(_("refundable until"), null=True, blank=True)
    refundable = models.JSONField(_("refundable licences"), default=list, blank=True)
    """Batches `{"quantity": int, "until": iso datetime}` as Microsoft listed them."""
    starts_at = models.DateTimeField(_("term began"), null=True, blank=True)
    """When this term began."""
    commitment_ends_at = models.DateTimeField(_("term ends"), null=True, blank=True)
    billing_cycle_ends_at = models.DateTimeField(_("billing period ends"), null=True, blank=True)
    renewal_term = models.CharField(_("term after the renewal"), max_length=5, blank=True)
    is_trial = models.BooleanField(_("trial"), default=False)
    is_extended = models.BooleanField(_("goes on month by month"), default=False)
    """It goes on month by month after its term."""
    parent_microsoft_id = models.CharField(
        _("ID of its base at Microsoft"), max_length=36, blank=True
    )
    """The base of an add-on, where Microsoft names it."""
    promotion_id = models.CharField(_("promotion"), max_length=80, blank=True)
    suspension_reasons = models.JSONField(_("reasons of the suspension"), default=list, blank=True)
    origin = models.CharField(_("origin"), max_length=10, choices=Origin, default=Origin.HERE)
    microsoft = models.JSONField(
        _("as Microsoft shows it"), default=dict, blank=True, encoder=DjangoJSONEncoder
    )
    """All members as Microsoft wrote them, also those that nothing here knows."""
    as_of = models.DateTimeField(_("as of"), null=True, blank=True)
    """When Microsoft last showed it."""
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    updated_at = models.DateTimeField(_("updated"), auto_now=True)

    objects = SubscriptionQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("subscription")
        verbose_name_plural = _("subscriptions")
        constraints = [
            models.UniqueConstraint(
                name="one_subscription_per_microsoft_id",
                fields=["microsoft_id"],
                condition=~Q(microsoft_id=""),
            ),
            models.CheckConstraint(
                name="active_subscription_is_microsofts",
                condition=~Q(status="active", microsoft_id=""),
            ),
        ]
        indexes = [
            models.Index(name="subscription_table", fields=["tenant", "id"]),
            models.Index(name="subscription_renewals", fields=["commitment_ends_at", "id"]),
            models.Index(
                name="subscription_windows", fields=["tenant"], condition=~Q(refundable=[])
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.quantity})"

    def get_absolute_url(self) -> str:
        return reverse("subscriptions:subscription", args=[self.pk])

    @property
    def key(self) -> str:
        """This subscription in the journal."""
        return f"subscription:{self.pk}"

    @property
    def period_amount(self) -> Decimal:
        """What all its seats cost per billing period."""
        return self.unit_price * self.quantity

    @property
    def is_undecided(self) -> bool:
        """It will not renew, and nobody has said what shall happen instead."""
        return self.status == Status.ACTIVE and not self.auto_renew and not self.end_choice

    def show(self, *, as_of: datetime, **facts: Any) -> None:
        """Record what Microsoft shows; an older look never overwrites a newer one."""
        newer = Q(as_of=None) | Q(as_of__lte=as_of)
        Subscription.objects.filter(newer, pk=self.pk).update(
            as_of=as_of, updated_at=now(), **facts
        )
        self.refresh_from_db()
