"""The wish to take over a tenant that a customer has created at Microsoft."""

import uuid
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import Account, PartnerId
from journal.models import Operation, OperationQuerySet
from tenants.models.tenants import Tenant


class DelegationState(models.TextChoices):
    """As people read them; each says who must act."""

    WAITING = "waiting", _("waiting for the customer")
    TO_VALIDATE = "to_validate", _("awaiting your validation")
    STAFF = "staff", _("with the provider's staff")
    SETTING_UP = "setting_up", _("being set up")
    DONE = "done", _("done")
    REFUSED = "refused", _("refused")
    GIVEN_UP = "given_up", _("given up")


OPEN_DELEGATIONS = (
    DelegationState.WAITING,
    DelegationState.TO_VALIDATE,
    DelegationState.STAFF,
    DelegationState.SETTING_UP,
)


class DelegationQuerySet(models.QuerySet["Delegation"]):
    def open(self) -> Self:
        """Not at rest: its tenant is spoken for."""
        return self.filter(state__in=OPEN_DELEGATIONS)

    def waiting(self) -> Self:
        return self.filter(state=DelegationState.WAITING)

    def to_validate(self) -> Self:
        return self.filter(state=DelegationState.TO_VALIDATE)


class Delegation(models.Model):
    """One wish. It becomes a tenant of this account, for ever, or nothing."""

    account = models.ForeignKey(
        Account, on_delete=models.PROTECT, related_name="delegations", verbose_name=_("account")
    )
    partner_id = models.ForeignKey(
        PartnerId, on_delete=models.PROTECT, related_name="+", verbose_name=_("MPN ID")
    )
    tenant = models.OneToOneField(
        Tenant,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="delegation",
        verbose_name=_("service"),
    )
    form_key = models.UUIDField(_("key of the form"), default=uuid.uuid4, unique=True)
    """Made with the form: the same form sent twice is one wish."""
    tenant_name = models.CharField(_("tenant at Microsoft"), max_length=70)
    """The initial domain, `something.onmicrosoft.com`, in lower case."""
    state = models.CharField(
        _("state"), max_length=12, choices=DelegationState, default=DelegationState.WAITING
    )
    reason = models.TextField(_("reason"), blank=True)
    """Why it is with staff or refused: an English msgid, or staff's own words."""

    company = models.CharField(_("company"), max_length=100)
    first_name = models.CharField(_("first name"), max_length=50)
    last_name = models.CharField(_("last name"), max_length=50)
    email = models.EmailField(_("e-mail address"))
    phone = models.CharField(_("phone"), max_length=30, blank=True)
    language = models.CharField(
        _("language"), max_length=5, choices=settings.LANGUAGES, default="en"
    )

    link = models.URLField(_("consent link"), max_length=500, blank=True)
    microsoft_id = models.CharField(_("ID at Microsoft"), max_length=36, blank=True)
    facts = models.JSONField(_("seen at Microsoft"), default=dict, blank=True)
    """What Microsoft showed of the customer when the relationship was first seen."""
    is_cleared = models.BooleanField(_("approved by staff"), default=False)
    """Staff has looked: an older relationship or another reseller no longer stands against it."""

    wished_by = models.CharField(_("wished by"), max_length=254)
    wished_at = models.DateTimeField(_("wished"), auto_now_add=True)
    appeared_at = models.DateTimeField(_("relationship seen"), null=True, blank=True)
    decided_by = models.CharField(_("decided by"), max_length=254, blank=True)
    validated_by = models.CharField(_("validated by"), max_length=254, blank=True)
    validated_at = models.DateTimeField(_("validated"), null=True, blank=True)
    updated_at = models.DateTimeField(_("updated"), auto_now=True)

    objects = DelegationQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("delegation")
        verbose_name_plural = _("delegations")
        constraints = [
            models.UniqueConstraint(
                name="one_open_delegation_per_tenant",
                fields=["tenant_name"],
                condition=Q(state__in=OPEN_DELEGATIONS),
            ),
        ]
        indexes = [models.Index(name="delegation_list", fields=["account", "-id"])]

    def __str__(self) -> str:
        return self.tenant_name

    def get_absolute_url(self) -> str:
        return reverse("tenants:delegation", args=[self.pk])

    @property
    def key(self) -> str:
        """This wish in the journal."""
        return f"delegation:{self.pk}"

    @property
    def market(self) -> str:
        """Connection alias of the CSP region."""
        return self.account.region

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_DELEGATIONS

    @property
    def why(self) -> str:
        """The reason in the reader's language; staff's own words stay as they are."""
        return gettext(self.reason) if self.reason else ""

    @property
    def may_be_given_up(self) -> bool:
        """Once the service exists there is no way back: its subscriptions are cancelled there."""
        return self.is_open and self.tenant_id is None

    @property
    def has_agreement(self) -> bool:
        """Microsoft has the customer's agreement already: nobody need attest it again."""
        return bool(self.facts.get("agreed"))

    @property
    def agreement_link(self) -> str:
        """Where the agreement that is to be attested can be read."""
        return str(self.facts.get("template", {}).get("link", ""))

    def steps(self) -> OperationQuerySet:
        """Its operations, first step first."""
        return Operation.objects.filter(journey=self.key).order_by("pk")

    def move(self, old: str, new: str, **facts: Any) -> bool:
        """Compare and set: False when it was moved by somebody else meanwhile."""
        facts.setdefault("reason", "")
        mine = Delegation.objects.filter(pk=self.pk, state=old)
        changed = mine.update(state=new, updated_at=now(), **facts)
        self.refresh_from_db()
        return changed == 1
