"""Which of an account's services a person sees."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _


class ReachKind(models.TextChoices):
    """New services are seen by those of `ALL` and `EXCEPT`, not by those of `ONLY`."""

    ALL = "all", _("all services")
    ONLY = "only", _("only the chosen services")
    EXCEPT = "except", _("all but the chosen services")


class Reaching(models.Model):
    """Has a role in an account, and sees all of its services, only some, or all but some."""

    reach = models.CharField(_("reach"), max_length=6, choices=ReachKind, default=ReachKind.ALL)
    chosen = ArrayField(
        models.BigIntegerField(), verbose_name=_("chosen services"), default=list, blank=True
    )
    """Numbers of tenants, which this room knows nothing else of."""

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(class)s_owner_reaches_all", condition=~Q(role="owner") | Q(reach="all")
            ),
            models.CheckConstraint(
                name="%(class)s_chosen_where_limited",
                condition=Q(reach="all", chosen=[]) | (~Q(reach="all") & ~Q(chosen=[])),
            ),
        ]

    @property
    def reach_text(self) -> str:
        """In a few words, for a table."""
        number = len(self.chosen)
        if self.reach == ReachKind.ONLY:
            return ngettext("%(n)s service", "%(n)s services", number) % {"n": number}
        if self.reach == ReachKind.EXCEPT:
            text = ngettext("all but %(n)s service", "all but %(n)s services", number)
            return text % {"n": number}
        return gettext("all services")

    @property
    def limits(self) -> dict[str, Any]:
        """As an event tells it; empty for one who sees everything."""
        if self.reach == ReachKind.ALL:
            return {}
        return {"reach": self.reach, "services": sorted(self.chosen)}


def reaching(tenant: int | None) -> Q:
    """Those who see this tenant; with None, those who see the whole account."""
    if tenant is None:
        return Q(reach=ReachKind.ALL)
    among = Q(chosen__contains=[tenant])
    only, but = Q(reach=ReachKind.ONLY), Q(reach=ReachKind.EXCEPT)
    return Q(reach=ReachKind.ALL) | (only & among) | (but & ~among)
