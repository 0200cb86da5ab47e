"""The Microsoft Customer Agreement of a tenant."""

from django.db import models
from django.utils.timezone import now

from tenants.models.tenants import Tenant


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
