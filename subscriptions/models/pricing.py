"""How the provider makes its resellers' prices."""

from datetime import date
from decimal import Decimal
from typing import Self

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Account
from accounts.regions import Currency
from common.segments import Segment


class Basis(models.TextChoices):
    COST = "cost", _("Microsoft's unit price")
    RETAIL = "retail", _("recommended retail price")


class Kind(models.TextChoices):
    PERCENT = "percent", _("per cent")
    FIXED = "fixed", _("fixed amount per seat and month")


class MarginRuleQuerySet(models.QuerySet["MarginRule"]):
    def for_account(self, account: Account, day: date) -> Self:
        """The rules that may touch a reseller's prices on a day (UTC)."""
        return self.filter(
            Q(account=None) | Q(account=account),
            Q(valid_to=None) | Q(valid_to__gte=day),
            Q(currency="") | Q(currency=account.currency),
            valid_from__lte=day,
        )


class MarginRule(models.Model):
    """What is added to (or taken from) Microsoft's price; of several, the most specific counts."""

    account = models.ForeignKey(
        Account,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="margin_rules",
        verbose_name=_("reseller"),
        help_text=_("Empty: all resellers. A rule for one reseller beats all others."),
    )
    licence_code = models.CharField(
        _("licence"),
        max_length=61,
        blank=True,
        help_text=_("product:sku, for example CFQ7TTC0LH18:0001. Empty: all licences."),
    )
    segment = models.CharField(
        _("segment"), max_length=20, choices=Segment, blank=True, help_text=_("Empty: all.")
    )
    basis = models.CharField(_("on"), max_length=10, choices=Basis, default=Basis.COST)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.PERCENT)
    value = models.DecimalField(
        _("value"),
        max_digits=9,
        decimal_places=4,
        help_text=_("Added to the basis; negative: taken off, as a discount on the retail price."),
    )
    currency = models.CharField(
        _("currency"),
        max_length=3,
        choices=Currency,
        blank=True,
        help_text=_("Needed for a fixed amount; the rule then counts for this currency only."),
    )
    floor = models.DecimalField(
        _("floor"),
        max_digits=7,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal(0))],
        help_text=_("In per cent of Microsoft's unit price; 100: never sold at a loss."),
    )
    cap = models.DecimalField(
        _("cap"),
        max_digits=7,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal(0))],
        help_text=_("In per cent of the retail price; 100: never above it. The floor wins."),
    )
    valid_from = models.DateField(_("valid from"), help_text=_("UTC day, inclusive."))
    valid_to = models.DateField(
        _("valid to"), null=True, blank=True, help_text=_("UTC day, inclusive. Empty: no end.")
    )

    objects = MarginRuleQuerySet.as_manager()

    class Meta:
        ordering = ["account", "licence_code", "segment", "-valid_from"]
        verbose_name = _("margin rule")
        verbose_name_plural = _("margin rules")

    def __str__(self) -> str:
        unit = "%" if self.kind == Kind.PERCENT else self.currency
        whom = self.account.name if self.account else "*"
        return f"{whom} / {self.licence_code or self.segment or '*'}: {self.value:+f} {unit}"

    def clean(self) -> None:
        """Raises ValidationError beside the field that contradicts another one."""
        if self.kind == Kind.FIXED and not self.currency:
            raise ValidationError({"currency": _("A fixed amount needs its currency.")})
        if self.valid_to and self.valid_from and self.valid_to < self.valid_from:
            raise ValidationError({"valid_to": _("The end may not be before the beginning.")})
