"""MPN (Partner) IDs that accounts have registered."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.timezone import now
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models.account import Account
from accounts.verdicts import DECIDED, Reason, reason_for


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


class PartnerId(models.Model):
    """An MPN (Partner) ID that an account has registered, as Microsoft last judged it."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="partner_ids")
    mpn_id = models.CharField(_("MPN ID"), max_length=10)
    name = models.CharField(_("name at Microsoft"), max_length=200, blank=True)
    tenant_id = models.CharField(_("tenant at Microsoft"), max_length=36, blank=True)
    """The reseller's own tenant GUID, sent as `AssociatedPartnerId`."""
    state = models.CharField(_("state"), max_length=10, choices=PartnerState)
    code = models.CharField(_("code"), max_length=40, blank=True)
    """Microsoft's own code of the last refusal, or ours."""
    text = models.TextField(_("reason"), blank=True)
    checked_at = models.DateTimeField(_("last checked"), default=now)
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
        mine = PartnerId.objects.filter(pk=self.pk, state=self.state)
        changed = mine.update(state=state, code=code, text=text, checked_at=now(), **facts)
        self.refresh_from_db()
        return changed == 1
