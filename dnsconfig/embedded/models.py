"""Own zones and their records."""

from django.db import models
from django.db.models.functions import MD5
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Account
from common.fields import EncryptedJSONField, SealedManager
from dnsconfig.names import to_unicode
from dnsconfig.records import TTL, Record, of_text

PROVIDER = "embedded"
"""Alias of `settings.ZONE_PROVIDERS` under which an account's own zones are connected."""


class OwnZone(models.Model):
    """A zone that the portal holds itself. Its SOA and the NS of its apex are made, not stored."""

    account = models.ForeignKey(
        Account, on_delete=models.PROTECT, related_name="own_zones", verbose_name=_("account")
    )
    name = models.CharField(_("domain"), max_length=253, unique=True)
    """A-labels, lower case, no final dot."""
    serial = models.PositiveBigIntegerField(_("serial number"))
    """Grows with every write, as RFC 1982 counts."""
    name_servers = models.JSONField(_("name servers"))
    """Public names of the servers: the NS records. The first is the SOA's primary."""
    secondaries = models.JSONField(_("secondary servers"), default=list, blank=True)
    """Addresses that are notified and may transfer: `192.0.2.1`, `192.0.2.1:5353`, `[::1]:5353`."""
    refresh = models.PositiveIntegerField(_("refresh (seconds)"), default=3600)
    retry = models.PositiveIntegerField(_("retry (seconds)"), default=900)
    expire = models.PositiveIntegerField(_("expiry (seconds)"), default=1_209_600)
    minimum = models.PositiveIntegerField(_("negative answers (seconds)"), default=3600)
    """Seconds, as the other three: how long a "no" is kept."""
    tsig_name = models.CharField(_("name of the key"), max_length=253, blank=True)
    """With a key (hmac-sha256) transfers and notices must be signed; without, addresses decide."""
    tsig_secret = EncryptedJSONField(_("secret of the key"))
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    objects = SealedManager["OwnZone"]()

    class Meta:
        ordering = ["name"]
        verbose_name = _("own zone")
        verbose_name_plural = _("own zones")

    def __str__(self) -> str:
        return to_unicode(self.name)

    def get_absolute_url(self) -> str:
        return reverse("dnsconfig:own_zone", args=[self.name])

    @property
    def key(self) -> str:
        return f"ownzone:{self.pk}"

    @property
    def soa(self) -> Record:
        numbers = f"{self.serial} {self.refresh} {self.retry} {self.expire} {self.minimum}"
        text = f"{self.name_servers[0]}. hostmaster.{self.name}. {numbers}"
        return of_text(self.name, "SOA", text, origin=self.name)

    @property
    def apex(self) -> tuple[Record, ...]:
        """SOA and NS of the zone: the portal's business alone."""
        servers = (of_text(self.name, "NS", f"{s}.", origin=self.name) for s in self.name_servers)
        return (self.soa, *servers)


class OwnRecord(models.Model):
    """One record, as `dnsconfig.records.Record` spells it."""

    zone = models.ForeignKey(
        OwnZone, on_delete=models.CASCADE, related_name="records", verbose_name=_("zone")
    )
    name = models.CharField(_("name"), max_length=253)
    type = models.CharField(_("type"), max_length=20)
    value = models.TextField(_("value"))
    ttl = models.PositiveIntegerField(_("TTL (seconds)"), default=TTL)

    class Meta:
        ordering = ["name", "type", "pk"]
        verbose_name = _("record of an own zone")
        verbose_name_plural = _("records of own zones")
        constraints = [
            # A long TXT does not fit into an index.
            models.UniqueConstraint(
                "zone", "name", "type", MD5("value"), name="one_own_record_of_a_value"
            ),
        ]

    def __str__(self) -> str:
        return str(self.record)

    @property
    def record(self) -> Record:
        return Record(self.name, self.type, self.value, self.ttl, id=str(self.pk))
