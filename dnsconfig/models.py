"""Where an account's zones are, the domains of its tenants, and the plans made for them."""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from accounts.models import Account
from common.fields import EncryptedJSONField, SealedManager
from dnsconfig.health.models import HealthCheck as HealthCheck
from dnsconfig.names import to_unicode, zone_of
from dnsconfig.plan import Plan
from tenants.models import Tenant


class ZoneConnection(models.Model):
    """Keys to one account at a host of zones, and the zones they open."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="zone_connections")
    provider = models.CharField(_("DNS host"), max_length=20)
    """Alias in `settings.ZONE_PROVIDERS`."""
    label = models.CharField(_("name"), max_length=60)
    keys = EncryptedJSONField()
    zones = models.JSONField(default=list, blank=True)
    """Zone names in A-labels, as last listed."""
    listed_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = SealedManager["ZoneConnection"]()

    class Meta:
        ordering = ["label", "pk"]
        constraints = [
            models.UniqueConstraint(name="one_connection_label", fields=["account", "label"]),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def key(self) -> str:
        return f"zoneconnection:{self.pk}"

    def list_zones(self, zones: list[str]) -> None:
        """Record what the host last listed."""
        ZoneConnection.objects.filter(pk=self.pk).update(zones=zones, listed_at=now())
        self.refresh_from_db()

    def zone_of(self, name: str) -> str | None:
        return zone_of(name, self.zones)


class Domain(models.Model):
    """A domain of a tenant that lies in one of the account's zones."""

    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, related_name="domains")
    connection = models.ForeignKey(ZoneConnection, on_delete=models.PROTECT, related_name="domains")
    name = models.CharField(_("domain"), max_length=253)
    zone = models.CharField(max_length=253)
    verified_at = models.DateTimeField(null=True, blank=True)
    """When Microsoft said that the customer owns it."""
    services = models.JSONField(default=list, blank=True)
    """The services whose records were last seen at every authoritative server."""
    configured_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(name="one_domain_per_tenant", fields=["tenant", "name"]),
        ]

    def __str__(self) -> str:
        return to_unicode(self.name)

    @property
    def key(self) -> str:
        return f"domain:{self.pk}"

    @property
    def zone_key(self) -> str:
        """One writer per zone: the subject of all operations that write to it."""
        return f"zone:{self.zone}"[:80]

    def verify(self) -> bool:
        """Microsoft believes that the customer owns it."""
        mine = Domain.objects.filter(pk=self.pk, verified_at=None)
        return mine.update(verified_at=now()) == 1

    def configure(self, services: list[str]) -> None:
        """Every authoritative server answers with the records of these services."""
        together = sorted({*self.services, *services})
        Domain.objects.filter(pk=self.pk).update(services=together, configured_at=now())


class PlanState(models.TextChoices):
    """From the wish to records that every server answers with."""

    PREPARING = "preparing", _("being prepared")
    READY = "ready", _("ready: nothing is written yet")
    CONFLICT = "conflict", _("conflict")
    REFUSED = "refused", _("not possible")
    WRITING = "writing", _("being written")
    PUBLISHING = "publishing", _("written, being checked at the name servers")
    DONE = "done", _("done")
    CANCELLED = "cancelled", _("given up")


OPEN = (PlanState.PREPARING, PlanState.READY, PlanState.WRITING, PlanState.PUBLISHING)


class DnsPlanQuerySet(models.QuerySet["DnsPlan"]):
    def open(self) -> Self:
        return self.filter(state__in=OPEN)


class DnsPlan(models.Model):
    """One run of the automatic configuration: what was wished, planned, written and seen."""

    domain = models.ForeignKey(Domain, on_delete=models.PROTECT, related_name="plans")
    services = models.JSONField()
    state = models.CharField(max_length=10, choices=PlanState, default=PlanState.PREPARING)
    content = models.JSONField(null=True, blank=True)
    """The plan as JSON; see `dnsconfig.plan.Plan`."""
    fingerprint = models.CharField(max_length=64, blank=True)
    problem = models.JSONField(default=dict, blank=True)
    """`code` and facts of a refusal; words for it are in `dnsconfig.words`."""
    published = models.JSONField(default=list, blank=True)
    """Per server: name, address, how many of the records it answers with, error."""
    is_stale = models.BooleanField(default=False)
    """The zone was changed by somebody else, so the plan was made anew."""
    by_label = models.CharField(max_length=254)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)
    launched_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = DnsPlanQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                name="one_open_plan_per_domain", fields=["domain"], condition=Q(state__in=OPEN)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.domain} #{self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("dnsconfig:plan", args=[self.domain.tenant.service_name, self.pk])

    @property
    def journey(self) -> str:
        """This run in the journal."""
        return f"dnsplan:{self.pk}"

    @property
    def plan(self) -> Plan | None:
        """What was compared last; None while it is being prepared."""
        return None if self.content is None else Plan.from_json(self.content)

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def is_moving(self) -> bool:
        """The portal is at work: the page asks again."""
        return self.state in (PlanState.PREPARING, PlanState.WRITING, PlanState.PUBLISHING)

    def offer(self, plan: Plan, *, is_stale: bool = False) -> bool:
        """Show the plan to a person; one with conflicts ends here."""
        state = PlanState.CONFLICT if plan.is_blocked else PlanState.READY
        return self._move(
            (PlanState.PREPARING, PlanState.WRITING),
            state,
            content=plan.to_json(),
            fingerprint=plan.fingerprint,
            is_stale=is_stale,
        )

    def refuse(self, problem: dict[str, Any]) -> bool:
        """End it before anything was written."""
        return self._move((PlanState.PREPARING,), PlanState.REFUSED, problem=problem)

    def launch(self) -> bool:
        """A person approves the plan that is shown."""
        return self._move((PlanState.READY,), PlanState.WRITING, launched_at=now(), is_stale=False)

    def publish(self) -> bool:
        """All is written and served by the host; now the servers are asked."""
        return self._move((PlanState.WRITING,), PlanState.PUBLISHING)

    def note_published(self, published: list[dict[str, Any]]) -> None:
        """Keep what each server answered last."""
        mine = DnsPlan.objects.filter(pk=self.pk, state=PlanState.PUBLISHING)
        mine.update(published=published, updated_at=now())

    def finish(self, published: list[dict[str, Any]]) -> bool:
        return self._move(
            (PlanState.PUBLISHING,), PlanState.DONE, published=published, finished_at=now()
        )

    def give_up(self) -> bool:
        """A person, or a newer run, ends it; what is written stays."""
        return self._move(OPEN, PlanState.CANCELLED, finished_at=now())

    def _move(self, old: tuple[PlanState, ...], new: PlanState, **fields: Any) -> bool:
        mine = DnsPlan.objects.filter(pk=self.pk, state__in=old)
        if mine.update(state=new, updated_at=now(), **fields) != 1:
            return False
        self.refresh_from_db()
        return True
