"""What the operator has chosen for the whole portal."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


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

    @classmethod
    def current(cls) -> "Site":
        return cls.objects.filter(pk=1).first() or cls(pk=1)

    @property
    def shown_name(self) -> str:
        return self.name or gettext("Reseller Portal")

    @property
    def help_page(self) -> str:
        return self.support_url or settings.SUPPORT_URL
