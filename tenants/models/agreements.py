"""The Microsoft Customer Agreement of a tenant."""

from django.db import models
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from tenants.models.tenants import Tenant


class Agreement(models.Model):
    """Who accepted the Microsoft Customer Agreement for the customer, when, which version."""

    tenant = models.OneToOneField(
        Tenant, on_delete=models.CASCADE, related_name="agreement", verbose_name=_("service")
    )
    template_id = models.CharField(_("template"), max_length=36)
    version = models.CharField(_("version"), max_length=20, blank=True)
    link = models.URLField(_("link"), blank=True)
    first_name = models.CharField(_("first name"), max_length=50)
    last_name = models.CharField(_("last name"), max_length=50)
    email = models.EmailField(_("e-mail address"))
    phone = models.CharField(_("phone"), max_length=30, blank=True)
    agreed_date = models.DateField(_("agreed on"))
    recorded_by = models.CharField(_("recorded by"), max_length=254, blank=True)
    attested_at = models.DateTimeField(_("confirmed by Microsoft"), null=True, blank=True)

    class Meta:
        verbose_name = _("customer agreement")
        verbose_name_plural = _("customer agreements")

    def __str__(self) -> str:
        return f"{self.tenant}: {self.agreed_date}"

    def attest(self) -> bool:
        """Microsoft has recorded it."""
        mine = Agreement.objects.filter(pk=self.pk, attested_at=None)
        return mine.update(attested_at=now()) == 1
