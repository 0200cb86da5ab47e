"""MPN (Partner) IDs that accounts have registered."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Count, F, Prefetch, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models.account import Account
from accounts.verdicts import DECIDED, Reason, reason_for
from common.clock import microsoft_now


class PartnerState(models.TextChoices):
    VALID = "valid", _("valid")
    REFUSED = "refused", _("refused")
    STAFF = "staff", _("waits for the provider's staff")
    REMOVED = "removed", _("removed")


class PartnerIdQuerySet(models.QuerySet["PartnerId"]):
    def registered(self) -> Self:
        return self.exclude(state=PartnerState.REMOVED)

    def held_elsewhere(self, account: Account, mpn_id: str) -> bool:
        """Whether another account holds it validly."""
        rows = self.filter(mpn_id=mpn_id, state=PartnerState.VALID)
        return rows.exclude(account=account).exists()

    def to_recheck(self) -> Self:
        """Those whose state Microsoft decides: valid ones, and refused ones that may come back."""
        decided = Q(state=PartnerState.REFUSED, code__in=DECIDED)
        return self.filter(state__in=[PartnerState.VALID, PartnerState.REFUSED]).exclude(decided)

    def on_board(self) -> Self:
        """Registered ones, and those given up under which services still run."""
        return self.filter(~Q(state=PartnerState.REMOVED) | Q(tenants__isnull=False)).distinct()

    def with_services(self, within: Callable[[str], Q]) -> Self:
        """Each with the number of its `services` and the first twenty as `some_services`.

        Counted are those `within` lets through, given the name of a field.
        """
        tenants = PartnerId._meta.get_field("tenants").related_model
        first = tenants._default_manager.filter(within("pk")).order_by("sort_name", "pk")[:20]
        counted = Count("tenants", filter=within("tenants"), distinct=True)
        return self.annotate(services=counted).prefetch_related(
            Prefetch("tenants", queryset=first, to_attr="some_services")
        )

    def in_grace(self, at: datetime) -> Self:
        """No longer valid, with services that are not closed for it yet."""
        return self.filter(grace_until__gt=at, tenants__isnull=False).distinct()

    def overdue(self, at: datetime) -> Self:
        """Grace is over, and Microsoft has said since that it is still bad.

        A Microsoft that cannot be asked closes nobody. What the account or staff has decided
        needs no word of Microsoft's.
        """
        confirmed = Q(checked_at__gte=F("grace_until"))
        ours = Q(state=PartnerState.REMOVED) | Q(code__in=DECIDED)
        return self.filter(confirmed | ours, grace_until__lte=at)


class PartnerId(models.Model):
    """An MPN (Partner) ID that an account has registered, as Microsoft last judged it."""

    account = models.ForeignKey(
        Account, on_delete=models.CASCADE, related_name="partner_ids", verbose_name=_("account")
    )
    mpn_id = models.CharField(_("MPN ID"), max_length=10)
    name = models.CharField(_("name at Microsoft"), max_length=200, blank=True)
    tenant_id = models.CharField(_("tenant at Microsoft"), max_length=36, blank=True)
    """The reseller's own tenant GUID, sent as `AssociatedPartnerId`."""
    state = models.CharField(_("state"), max_length=10, choices=PartnerState)
    code = models.CharField(_("code"), max_length=40, blank=True)
    """Microsoft's own code of the last refusal, or ours."""
    text = models.TextField(_("reason"), blank=True)
    checked_at = models.DateTimeField(_("last checked"), default=microsoft_now)
    invalid_since = models.DateTimeField(_("not valid since"), null=True, blank=True)
    """When it stopped being valid, by Microsoft's clock."""
    grace_until = models.DateTimeField(_("services run until"), null=True, blank=True)
    """When its services are closed, as it was told to the reseller."""
    warned_days = models.PositiveSmallIntegerField(
        _("last warning (days before the end)"), null=True, blank=True
    )
    """The last warning was sent that many days before."""
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    objects = PartnerIdQuerySet.as_manager()

    class Meta:
        ordering = ["mpn_id"]
        verbose_name = _("MPN ID")
        verbose_name_plural = _("MPN IDs")
        constraints = [
            models.UniqueConstraint(
                name="mpn_id_held_by_one_account", fields=["mpn_id"], condition=Q(state="valid")
            ),
            models.UniqueConstraint(name="mpn_id_once_per_account", fields=["account", "mpn_id"]),
        ]

    def __str__(self) -> str:
        return f"{self.mpn_id} {self.name}"

    @property
    def key(self) -> str:
        """This MPN ID as a subject of the journal."""
        return f"partner:{self.pk}"

    @property
    def is_valid(self) -> bool:
        return self.state == PartnerState.VALID

    def days_left(self, at: datetime) -> int | None:
        """Days that its services still run, begun ones counted; None while it is valid."""
        return None if self.grace_until is None else max((self.grace_until - at).days + 1, 0)

    @property
    def microsoft_code(self) -> str:
        """The code if it is Microsoft's: theirs are numbers, ours are words."""
        return self.code if self.code.isdecimal() else ""

    @property
    def reason(self) -> str:
        """Why it is not valid, in the reader's language; Microsoft's own words stay as they are."""
        return gettext(self.text) if self.text else ""

    @property
    def next_step(self) -> Reason:
        """What to do about it, and where."""
        return reason_for(self.code)

    def judge(self, state: str, *, code: str = "", text: str = "", **facts: str) -> bool:
        """Record the latest word; False when it was changed meanwhile.

        Raises IntegrityError when another account holds it validly.
        """
        at = microsoft_now()
        mine = PartnerId.objects.filter(pk=self.pk, state=self.state)
        changed = mine.update(
            state=state, code=code, text=text, checked_at=at, **self._grace(state, at), **facts
        )
        self.refresh_from_db()
        return changed == 1

    def warn(self, days: int) -> bool:
        """Note the warning `days` before the end of grace; True once only."""
        mine = PartnerId.objects.filter(pk=self.pk, grace_until=self.grace_until)
        unwarned = Q(warned_days=None) | Q(warned_days__gt=days)
        return mine.filter(unwarned).update(warned_days=days) == 1

    def _grace(self, state: str, at: datetime) -> dict[str, Any]:
        """Grace begins when it stops being valid and is forgotten when it is valid again."""
        if state == PartnerState.VALID:
            return {"invalid_since": None, "grace_until": None, "warned_days": None}
        if self.state != PartnerState.VALID:
            return {}
        until = at + timedelta(days=settings.MPN_GRACE_DAYS)
        return {"invalid_since": at, "grace_until": until, "warned_days": None}
