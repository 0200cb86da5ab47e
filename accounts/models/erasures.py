"""That a person's data were erased: when, by whom, under which pseudonym; never whose they were."""

import secrets

from django.db import models
from django.utils.translation import gettext_lazy as _


def new_pseudonym() -> str:
    """Says nothing about the person, and stands in every place the person stood in."""
    return f"erased-{secrets.token_hex(6)}"


class Erasure(models.Model):
    """One erasure. What is left in the history points here by the pseudonym."""

    class Because(models.TextChoices):
        ASKED = "asked", _("somebody asked for it")
        RETENTION = "retention", _("kept long enough")

    pseudonym = models.CharField(_("pseudonym"), max_length=30, unique=True, default=new_pseudonym)
    account_id = models.BigIntegerField(_("number of the account"), null=True, blank=True)
    subject = models.CharField(_("about"), max_length=80)
    """What the data belonged to, e.g. `tenant:4` or `person:7`."""
    because = models.CharField(_("reason"), max_length=10, choices=Because)
    rows = models.PositiveIntegerField(_("rows of the history"), default=0)
    by_label = models.CharField(_("by"), max_length=254, blank=True)
    at = models.DateTimeField(_("at"), auto_now_add=True)

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("erasure of personal data")
        verbose_name_plural = _("erasures of personal data")

    def __str__(self) -> str:
        return self.pseudonym

    @property
    def address(self) -> str:
        """In columns that must hold an e-mail address; nothing is ever delivered there."""
        return f"{self.pseudonym}@erased.invalid"
