"""Views of lists that a person keeps under a name."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models.account import Account


class SavedView(models.Model):
    """What one person asked of one list of an account: filters, order, columns, page size."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="saved_views",
        verbose_name=_("person"),
    )
    account = models.ForeignKey(
        Account, on_delete=models.CASCADE, related_name="saved_views", verbose_name=_("account")
    )
    list = models.CharField(_("list"), max_length=30)
    name = models.CharField(_("name"), max_length=60)
    query = models.CharField(_("parameters"), max_length=1000, blank=True)
    """As in the address, without the page."""

    class Meta:
        ordering = ["name"]
        verbose_name = _("saved view")
        verbose_name_plural = _("saved views")
        constraints = [
            models.UniqueConstraint(
                name="one_saved_view_per_name", fields=["user", "account", "list", "name"]
            ),
        ]

    def __str__(self) -> str:
        return self.name
