"""Microsoft's special terms of a segment, and who has accepted them for which customer."""

from django.db import models
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from accounts.regions import Region
from common.segments import Segment
from tenants.models.tenants import Tenant


class SpecialTerms(models.Model):
    """Where the terms of a segment are, for a language and a region; staff keeps this table."""

    segment = models.CharField(_("segment"), max_length=20, choices=Segment)
    language = models.CharField(
        _("language"), max_length=5, blank=True, help_text=_("en, fr, ...; empty: any other.")
    )
    region = models.CharField(
        _("region"), max_length=4, choices=Region, blank=True, help_text=_("Empty: any other.")
    )
    url = models.URLField(_("link"), max_length=300)
    version = models.CharField(
        _("version"),
        max_length=40,
        help_text=_("As Microsoft names it. A new version must be accepted anew."),
    )
    updated_at = models.DateTimeField(_("updated"), auto_now=True)

    class Meta:
        ordering = ["segment", "region", "language"]
        verbose_name = _("special terms")
        verbose_name_plural = _("special terms")
        constraints = [
            models.UniqueConstraint(
                name="one_link_per_place", fields=["segment", "language", "region"]
            ),
        ]

    def __str__(self) -> str:
        where = f"{self.language or '*'}/{self.region or '*'}"
        return f"{self.get_segment_display()} {where}: {self.version}"


class TermsAcceptance(models.Model):
    """A person accepted a version of the special terms for a customer."""

    tenant = models.ForeignKey(
        Tenant, on_delete=models.CASCADE, related_name="accepted_terms", verbose_name=_("service")
    )
    segment = models.CharField(_("segment"), max_length=20, choices=Segment)
    version = models.CharField(_("version"), max_length=40)
    url = models.URLField(_("link"), max_length=300)
    """What was shown to the person."""
    accepted_by = models.CharField(_("accepted by"), max_length=254)
    accepted_by_id = models.BigIntegerField(
        _("number of the person who accepted"), null=True, blank=True
    )
    accepted_at = models.DateTimeField(_("accepted"), default=now)

    class Meta:
        ordering = ["-accepted_at"]
        verbose_name = _("acceptance of special terms")
        verbose_name_plural = _("acceptances of special terms")
        constraints = [
            models.UniqueConstraint(
                name="one_acceptance_per_version", fields=["tenant", "segment", "version"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.tenant}: {self.get_segment_display()} {self.version}, {self.accepted_by}"
