"""Licence groups (tenants): whom they belong to, their contact, agreement, GDAP, credentials."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from accounts.models import Account, PartnerId
from common.fields import EncryptedJSONField, SealedManager

CREDENTIAL_LIFE = timedelta(hours=24)


class TenantState(models.TextChoices):
    """OVH's `saas.csp2.ServiceStateEnum`."""

    CREATING = "creating", _("being created")
    OK = "ok", _("active")
    MAINTENANCE = "inMaintenance", _("in maintenance")
    SUSPENDING = "suspending", _("being suspended")
    SUSPENDED = "suspended", _("suspended")
    REOPENING = "reopening", _("being reopened")


class Tenant(models.Model):
    """One licence group: a Microsoft tenant of an end customer. It never changes its account."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="tenants")
    partner_id = models.ForeignKey(PartnerId, on_delete=models.PROTECT, related_name="tenants")
    service_name = models.CharField(max_length=70, unique=True)
    """The initial domain, `something.onmicrosoft.com`: OVH's internal service name."""
    display_name = models.CharField(_("display name"), max_length=100)
    microsoft_id = models.CharField(max_length=36, blank=True, db_index=True)
    state = models.CharField(max_length=15, choices=TenantState, default=TenantState.CREATING)

    company = models.CharField(_("company"), max_length=100)
    first_name = models.CharField(_("first name"), max_length=50)
    last_name = models.CharField(_("last name"), max_length=50)
    email = models.EmailField(_("e-mail address"))
    phone = models.CharField(_("phone"), max_length=30, blank=True)
    address = models.CharField(_("address"), max_length=200)
    address2 = models.CharField(_("address, second line"), max_length=200, blank=True)
    city = models.CharField(_("city"), max_length=100)
    region = models.CharField(_("state or province"), max_length=40, blank=True)
    postal_code = models.CharField(_("postal code"), max_length=20, blank=True)
    country = models.CharField(_("country"), max_length=2)
    language = models.CharField(
        _("language"), max_length=5, choices=settings.LANGUAGES, default="en"
    )
    registration_number = models.CharField(_("company number"), max_length=40, blank=True)

    suspended_reason = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["display_name", "pk"]
        indexes = [models.Index(name="tenant_menu", fields=["account", "display_name"])]

    def __str__(self) -> str:
        return self.display_name

    def get_absolute_url(self) -> str:
        return reverse("panel:service", args=[self.service_name])

    @property
    def key(self) -> str:
        """This tenant in the journal."""
        return f"tenant:{self.pk}"

    @property
    def admin_login(self) -> str:
        """The first administrator that Microsoft makes with the tenant."""
        return f"admin@{self.service_name}"

    @property
    def is_usable(self) -> bool:
        """It exists at Microsoft and may be changed."""
        return self.state == TenantState.OK and bool(self.microsoft_id)

    @property
    def market(self) -> str:
        """Connection alias of the CSP region."""
        return self.account.region

    def created_at_microsoft(self, microsoft_id: str) -> bool:
        """The customer exists; licences may follow."""
        mine = Tenant.objects.filter(pk=self.pk, microsoft_id="")
        return mine.update(microsoft_id=microsoft_id, updated_at=now()) == 1

    def activate(self) -> bool:
        return self._move(TenantState.CREATING, TenantState.OK)

    def suspend(self, reason: str) -> bool:
        return self._move(TenantState.OK, TenantState.SUSPENDED, suspended_reason=reason)

    def reopen(self) -> bool:
        return self._move(TenantState.SUSPENDED, TenantState.OK, suspended_reason="")

    def _move(self, old: str, new: str, **fields: Any) -> bool:
        mine = Tenant.objects.filter(pk=self.pk, state=old)
        if mine.update(state=new, updated_at=now(), **fields) != 1:
            return False
        self.refresh_from_db()
        return True


class Agreement(models.Model):
    """Who accepted the Microsoft Customer Agreement for the customer, when, which version."""

    tenant = models.OneToOneField(Tenant, on_delete=models.CASCADE, related_name="agreement")
    template_id = models.CharField(max_length=36)
    version = models.CharField(max_length=20, blank=True)
    link = models.URLField(blank=True)
    first_name = models.CharField(max_length=50)
    last_name = models.CharField(max_length=50)
    email = models.EmailField()
    phone = models.CharField(max_length=30, blank=True)
    agreed_date = models.DateField()
    recorded_by = models.CharField(max_length=254, blank=True)
    attested_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.tenant}: {self.agreed_date}"

    def attest(self) -> bool:
        """Microsoft has recorded it."""
        mine = Agreement.objects.filter(pk=self.pk, attested_at=None)
        return mine.update(attested_at=now()) == 1


class GdapState(models.TextChoices):
    """Microsoft's words, in the order they come; unknown ones survive as text."""

    WANTED = "wanted", _("will be asked for")
    CREATED = "created", _("created")
    PENDING = "approvalPending", _("waits for the customer's approval")
    ACTIVE = "active", _("active")
    READY = "ready", _("ready: roles assigned, application consented")


class Gdap(models.Model):
    """The granular rights that the customer's administrator grants the provider."""

    tenant = models.OneToOneField(Tenant, on_delete=models.CASCADE, related_name="gdap")
    microsoft_id = models.CharField(max_length=80, blank=True)
    state = models.CharField(max_length=30, default=GdapState.WANTED)
    link = models.URLField(max_length=300, blank=True)
    ends_at = models.DateTimeField(null=True, blank=True)
    updated_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"{self.tenant}: {self.state}"

    @property
    def key(self) -> str:
        return f"gdap:{self.tenant_id}"

    @property
    def label(self) -> str:
        """The state in words; one of Microsoft's that we do not know stays as it is."""
        known = dict(GdapState.choices)
        return str(known.get(self.state, self.state))

    @property
    def is_ready(self) -> bool:
        return self.state == GdapState.READY

    def move(self, state: str, **facts: Any) -> None:
        """Record Microsoft's latest word."""
        Gdap.objects.filter(pk=self.pk).update(state=state, updated_at=now(), **facts)
        self.refresh_from_db()


class Credential(models.Model):
    """A password of the customer's: shown or mailed once, then erased; gone after a day."""

    class Purpose(models.TextChoices):
        INITIAL = "initial", _("first password")
        RESET = "reset", _("reset")

    tenant = models.ForeignKey(Tenant, on_delete=models.CASCADE, related_name="credentials")
    purpose = models.CharField(max_length=10, choices=Purpose)
    login = models.CharField(max_length=120)
    secret = EncryptedJSONField()
    show_to_id = models.BigIntegerField(null=True, blank=True)
    """The one person who may see it once; empty: it is mailed to the customer."""
    operation_id = models.BigIntegerField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    erased_at = models.DateTimeField(null=True, blank=True)
    erased_because = models.CharField(max_length=10, blank=True)

    objects = SealedManager["Credential"]()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.login} ({self.purpose})"

    def erase(self, because: str) -> bool:
        """Forget the password; `because`: mailed, shown, expired. True once only."""
        mine = Credential.objects.filter(pk=self.pk, erased_at=None)
        return mine.update(secret=None, erased_at=now(), erased_because=because) == 1
