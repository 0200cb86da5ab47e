"""What the operator has chosen for the whole portal."""

from typing import Any, Final

from django.conf import settings
from django.core.cache import cache
from django.db import models, transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

KEY: Final = "accounts:site"
KEPT: Final = 60
"""Seconds for which another process may show what was before."""


class Site(models.Model):
    """One row; without it everything is as the settings say."""

    name = models.CharField(
        _("name of the portal"), max_length=60, blank=True, help_text=_("Empty: Reseller Portal.")
    )
    support_url = models.URLField(_("address of the help page"), blank=True)
    support_email = models.EmailField(_("e-mail address of support"), blank=True)
    language = models.CharField(
        _("language"),
        max_length=5,
        choices=settings.LANGUAGES,
        default=settings.LANGUAGE_CODE,
        help_text=_("For visitors whose browser asks for none of ours."),
    )
    time_zone = models.CharField(
        _("time zone"),
        max_length=60,
        default="UTC",
        help_text=_("Of staff's pages, and of new resellers until they choose."),
    )

    class Meta:
        verbose_name = _("portal")
        verbose_name_plural = _("portal")

    def __str__(self) -> str:
        return self.shown_name

    def save(self, **options: Any) -> None:
        super().save(**options)
        cache.delete(KEY)
        transaction.on_commit(lambda: cache.delete(KEY))

    @classmethod
    def current(cls) -> "Site":
        """Asked on every page: the cache holds it, the row is what counts."""
        kept = cache.get(KEY)
        if not isinstance(kept, cls):
            kept = cls.objects.filter(pk=1).first() or cls(pk=1)
            cache.set(KEY, kept, KEPT)
        return kept

    @property
    def shown_name(self) -> str:
        return self.name or gettext("Reseller Portal")

    @property
    def help_page(self) -> str:
        return self.support_url or settings.SUPPORT_URL
