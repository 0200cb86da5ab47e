"""Orders: the wish of a reseller for a platform and its first licences, or for more of them."""

import uuid
from decimal import Decimal

from django.db import models
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from accounts.models import Account
from journal.models import Operation, OperationQuerySet
from subscriptions.models import Licence, Subscription
from tenants.models import Tenant


class OrderKind(models.TextChoices):
    NEW_PLATFORM = "new", _("new platform")
    MORE = "more", _("more licences")


APPROVAL = "order.approval"
"""The step that waits for an owner's word."""


class Approval(models.TextChoices):
    """Whether an owner has said yes to an order that was too large for its orderer alone."""

    NOT_NEEDED = "", _("not needed")
    WAITING = "waiting", _("waits for an owner")
    APPROVED = "approved", _("approved")
    REFUSED = "refused", _("not approved")


class Order(models.Model):
    """One wish. Its state is that of its steps in the journal."""

    account = models.ForeignKey(
        Account, on_delete=models.PROTECT, related_name="orders", verbose_name=_("account")
    )
    tenant = models.ForeignKey(
        Tenant, on_delete=models.PROTECT, related_name="orders", verbose_name=_("service")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=OrderKind)
    form_key = models.UUIDField(_("key of the form"), default=uuid.uuid4, unique=True)
    """Made with the form: the same form sent twice is one order."""
    currency = models.CharField(_("currency"), max_length=3)
    total = models.DecimalField(_("first charge"), max_digits=14, decimal_places=2)
    """The first charge, as shown to the one who ordered."""
    mpn_id = models.CharField(_("MPN ID"), max_length=10)
    microsoft_cart_id = models.CharField(_("cart at Microsoft"), max_length=60, blank=True)
    microsoft_id = models.CharField(_("order at Microsoft"), max_length=60, blank=True)
    placed_by = models.CharField(_("placed by"), max_length=254)
    placed_at = models.DateTimeField(_("placed"), auto_now_add=True)
    orderer_id = models.BigIntegerField(
        _("number of the person who ordered"), null=True, blank=True
    )
    """The person who is told of the decision."""
    approval = models.CharField(_("approval"), max_length=10, choices=Approval, blank=True)
    decided_by = models.CharField(_("decided by"), max_length=254, blank=True)
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    decision_reason = models.CharField(_("reason"), max_length=500, blank=True)

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("order")
        verbose_name_plural = _("orders")
        indexes = [models.Index(name="order_list", fields=["account", "-id"])]

    def __str__(self) -> str:
        return f"#{self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("orders:order", args=[self.pk])

    @property
    def key(self) -> str:
        """This order in the journal."""
        return f"order:{self.pk}"

    def decide(self, approval: Approval, *, by: str, reason: str) -> bool:
        """An owner's yes or no; False when somebody was first, or nothing waits."""
        waiting = Order.objects.filter(pk=self.pk, approval=Approval.WAITING)
        facts = {"decided_by": by, "decided_at": now(), "decision_reason": reason}
        if waiting.update(approval=approval, **facts) != 1:
            return False
        self.refresh_from_db()
        return True

    def steps(self) -> OperationQuerySet:
        """Its operations, first step first."""
        return Operation.objects.filter(journey=self.key).order_by("pk")


class OrderLine(models.Model):
    order = models.ForeignKey(
        Order, on_delete=models.CASCADE, related_name="lines", verbose_name=_("order")
    )
    number = models.PositiveSmallIntegerField(_("number"))
    licence = models.ForeignKey(
        Licence, on_delete=models.PROTECT, related_name="+", verbose_name=_("licence")
    )
    subscription = models.OneToOneField(
        Subscription,
        on_delete=models.PROTECT,
        related_name="order_line",
        verbose_name=_("subscription"),
    )
    quantity = models.PositiveIntegerField(_("number of licences"))
    term = models.CharField(_("term"), max_length=5)
    billing_cycle = models.CharField(_("billing"), max_length=10)
    ends_on = models.DateField(_("first term ends"), null=True, blank=True)
    """Last day (UTC) of a shorter first term, as chosen; empty: a whole term."""
    unit_price = models.DecimalField(_("unit price"), max_digits=12, decimal_places=4)
    """The price that the one who ordered has seen."""
    unit_cost = models.DecimalField(_("unit cost"), max_digits=12, decimal_places=4)
    """What the provider pays; another price at Microsoft stops the order. No reseller sees it."""

    class Meta:
        ordering = ["number"]
        verbose_name = _("order line")
        verbose_name_plural = _("order lines")
        constraints = [
            models.UniqueConstraint(name="one_line_per_number", fields=["order", "number"]),
            models.UniqueConstraint(
                name="one_line_per_licence",
                fields=["order", "licence", "term", "billing_cycle"],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} × {self.licence}"

    @property
    def amount(self) -> Decimal:
        return self.unit_price * self.quantity
