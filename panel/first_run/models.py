"""How far the first run has come, and who wants to see no more of it."""

from django.db import models
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _


class Setup(models.Model):
    """The wizard; one row, made by `manage.py setup`. Without it there is nothing to open."""

    digest = models.CharField(_("fingerprint"), max_length=64, blank=True)
    """Of the code; once that was entered, of the secret of the browser that entered it."""
    is_entered = models.BooleanField(_("code used"), default=False)
    expires_at = models.DateTimeField(_("code expires"), null=True, blank=True)
    tries = models.PositiveSmallIntegerField(_("wrong codes"), default=0)
    blocked_until = models.DateTimeField(_("no code is taken until"), null=True, blank=True)
    later = models.JSONField(_("put off"), default=list, blank=True)
    """Steps that were skipped for now."""
    mail_id = models.BigIntegerField(_("number of the mail"), null=True, blank=True)
    """The operation of the last test mail."""
    account = models.ForeignKey(
        "accounts.Account",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        verbose_name=_("first reseller"),
        related_name="+",
    )
    begun_at = models.DateTimeField(_("begun"), auto_now_add=True)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)

    class Meta:
        verbose_name = _("first run")
        verbose_name_plural = _("first run")

    def __str__(self) -> str:
        return f"{self._meta.verbose_name}"

    @classmethod
    def open(cls) -> "Setup | None":
        """The row while the wizard may be used."""
        return cls.objects.filter(pk=1, finished_at=None).first()

    def finish(self) -> bool:
        """False when somebody has finished it before."""
        mine = Setup.objects.filter(pk=self.pk, finished_at=None)
        return mine.update(finished_at=now(), digest="", is_entered=False) == 1


class HiddenGuide(models.Model):
    """A person who does not want to see the first steps of an account any more."""

    membership = models.OneToOneField(
        "accounts.Membership",
        on_delete=models.CASCADE,
        related_name="hidden_guide",
        verbose_name=_("membership"),
    )
    hidden_at = models.DateTimeField(_("hidden"), auto_now_add=True)

    class Meta:
        verbose_name = _("hidden guide")
        verbose_name_plural = _("hidden guides")

    def __str__(self) -> str:
        return str(self.membership)
