"""Rules of the cashback, as staff keeps them."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.regions import Currency
from cashback import rules

PLAIN = ("name", "last_month")
"""What may still be changed when a closed month was computed by it."""


class Rule(models.Model):
    """Which seats earn how much, in which months."""

    name = models.CharField(_("name"), max_length=100)
    product_ids = models.JSONField(
        _("product family"),
        default=list,
        blank=True,
        help_text=_("List of Microsoft's product ids. Empty: all products."),
    )
    segment = models.CharField(
        _("segment"), max_length=20, blank=True, help_text=_("Empty: every segment.")
    )
    country = models.CharField(
        _("country"), max_length=2, blank=True, help_text=_("Empty: every country.")
    )
    currency = models.CharField(_("currency"), max_length=3, choices=Currency)
    seats_from = models.PositiveIntegerField(_("from seats"), default=0)
    seats_to = models.PositiveIntegerField(
        _("to seats"), null=True, blank=True, help_text=_("Included. Empty: no limit.")
    )
    rate = models.DecimalField(
        _("rate in %"),
        max_digits=6,
        decimal_places=3,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
    )
    cap = models.DecimalField(
        _("at most"),
        max_digits=12,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
        help_text=_("Per MPN ID and month, in the rule's currency. Empty: no limit."),
    )
    first_month = models.DateField(_("first month"), help_text=_("The first day of a month."))
    last_month = models.DateField(
        _("last month"),
        null=True,
        blank=True,
        help_text=_("The first day of the last month. Empty: until further notice."),
    )

    class Meta:
        ordering = ["-first_month", "name"]
        verbose_name = _("cashback rule")
        verbose_name_plural = _("cashback rules")
        constraints = [
            models.CheckConstraint(
                name="cashback_tier_is_a_range",
                condition=Q(seats_to=None) | Q(seats_to__gte=F("seats_from")),
            ),
            models.CheckConstraint(
                name="cashback_months_are_a_range",
                condition=Q(last_month=None) | Q(last_month__gte=F("first_month")),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_used(self) -> bool:
        """A closed month was computed by it."""
        return self.lines.exclude(statement__frozen_at=None).exists()

    def clean(self) -> None:
        """Raises ValidationError where it could not be applied, or would rewrite closed months."""
        errors = {
            name: gettext("Enter the first day of a month.")
            for name in ("first_month", "last_month")
            if getattr(self, name) and getattr(self, name).day != 1
        }
        ids: Any = self.product_ids
        if not isinstance(ids, list) or not all(isinstance(each, str) for each in ids):
            errors["product_ids"] = gettext("Enter a list of product ids.")
        if self.pk and self.is_used:
            errors |= self._rewritten()
        if errors:
            raise ValidationError(errors)

    def _rewritten(self) -> dict[str, str]:
        before = Rule.objects.get(pk=self.pk)
        fixed = [field.name for field in self._meta.fields if field.name not in PLAIN]
        text = gettext("Closed months were computed by this rule. End it and add another one.")
        changed = [name for name in fixed if getattr(self, name) != getattr(before, name)]
        last = self.lines.exclude(statement__frozen_at=None).order_by("-statement__month").first()
        if last and self.last_month and self.last_month < last.statement.month:
            changed.append("last_month")
        return dict.fromkeys(changed, text)

    def as_rule(self) -> rules.Rule:
        """The same, for the pure computation."""
        return rules.Rule(
            key=self.pk,
            currency=self.currency,
            rate=self.rate,
            product_ids=frozenset(self.product_ids),
            segment=self.segment,
            country=self.country,
            seats_from=self.seats_from,
            seats_to=self.seats_to,
            cap=self.cap,
            first_month=self.first_month,
            last_month=self.last_month,
        )
