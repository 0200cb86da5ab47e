"""Licence groups: whom they belong to, their contact and state."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Value
from django.db.models.functions import Concat
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from accounts.models import Account, PartnerId
from common.folding import Fold


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

    account = models.ForeignKey(
        Account, on_delete=models.PROTECT, related_name="tenants", verbose_name=_("account")
    )
    partner_id = models.ForeignKey(
        PartnerId, on_delete=models.PROTECT, related_name="tenants", verbose_name=_("MPN ID")
    )
    service_name = models.CharField(_("service name"), max_length=70, unique=True)
    """The initial domain, `something.onmicrosoft.com`: OVH's internal service name."""
    display_name = models.CharField(_("display name"), max_length=100)
    microsoft_id = models.CharField(_("ID at Microsoft"), max_length=36, blank=True, db_index=True)
    state = models.CharField(
        _("state"), max_length=15, choices=TenantState, default=TenantState.CREATING
    )

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
    folded = models.GeneratedField(
        expression=Fold(Concat("display_name", Value(" "), "service_name", Value(" "), "company")),
        output_field=models.TextField(),
        db_persist=True,
        verbose_name=_("name without accents"),
    )
    """Its names as they are searched: no case, no accents."""
    sort_name = models.GeneratedField(
        expression=Fold("display_name"),
        output_field=models.TextField(),
        db_persist=True,
        verbose_name=_("name in alphabetical order"),
    )
    """By which lists are sorted: École stands before Zebra."""

    contact_erased_at = models.DateTimeField(_("contact erased"), null=True, blank=True)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    updated_at = models.DateTimeField(_("updated"), auto_now=True)

    class Meta:
        ordering = ["sort_name", "pk"]
        verbose_name = _("service")
        verbose_name_plural = _("services")
        indexes = [models.Index(name="tenant_menu", fields=["account", "sort_name", "id"])]

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
    def open_holds(self) -> list[Any]:
        """Why it is suspended, newest first."""
        return list(self.holds.open())

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

    def begin_suspending(self) -> bool:
        """From now on nothing is ordered and no seat added."""
        return self._move(TenantState.OK, TenantState.SUSPENDING)

    def suspend(self) -> bool:
        return self._move(TenantState.SUSPENDING, TenantState.SUSPENDED)

    def begin_reopening(self) -> bool:
        return self._move(TenantState.SUSPENDED, TenantState.REOPENING)

    def reopen(self) -> bool:
        return self._move(TenantState.REOPENING, TenantState.OK)

    def _move(self, old: str, new: str) -> bool:
        mine = Tenant.objects.filter(pk=self.pk, state=old)
        if mine.update(state=new, updated_at=now()) != 1:
            return False
        self.refresh_from_db()
        return True
