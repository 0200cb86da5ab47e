"""What has happened: attempts at operations, and events that others are told of."""

from contextlib import AbstractContextManager

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from journal.models.operations import Operation
from journal.models.states import Ending


class Attempt(models.Model):
    """One try of an operation, for those who must explain it later."""

    operation = models.ForeignKey(
        Operation, on_delete=models.CASCADE, related_name="attempts", verbose_name=_("operation")
    )
    number = models.PositiveIntegerField(_("number"))
    request_id = models.UUIDField(_("request ID"), null=True, blank=True)
    started_at = models.DateTimeField(_("started"))
    ended_at = models.DateTimeField(_("ended at"), auto_now_add=True)
    outcome = models.CharField(_("outcome"), max_length=20, choices=Ending)
    code = models.CharField(_("code"), max_length=60, blank=True)
    text = models.TextField(_("message"), blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("attempt")
        verbose_name_plural = _("attempts")

    def __str__(self) -> str:
        return f"{self.operation_id}/{self.number}"


class Event(models.Model):
    """Something that has happened, written in the transaction of the change itself.

    The database refuses to alter or delete one, whoever asks: see `erasing`.
    """

    account_id = models.BigIntegerField(_("number of the account"), null=True, blank=True)
    kind = models.CharField(_("kind"), max_length=60)
    subject = models.CharField(_("about"), max_length=80)
    listed_under = models.CharField(_("listed under"), max_length=80, blank=True)
    data = models.JSONField(_("data"), default=dict, blank=True)
    operation = models.ForeignKey(
        Operation, null=True, blank=True, on_delete=models.SET_NULL, verbose_name=_("operation")
    )
    by_id = models.BigIntegerField(_("number of the person"), null=True, blank=True)
    by_label = models.CharField(_("by"), max_length=254, blank=True)
    at = models.DateTimeField(_("at"), auto_now_add=True)

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("event")
        verbose_name_plural = _("events")
        indexes = [
            models.Index(name="event_account", fields=["account_id", "-id"]),
            models.Index(name="event_place", fields=["listed_under", "-id"]),
            models.Index(name="event_subject", fields=["subject", "-id"]),
        ]
        triggers = [
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="never_altered",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(exclude=["operation"]),  # which may be forgotten
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject}"


def erasing() -> AbstractContextManager[None]:
    """Within it an address in events may be replaced: a person has the right to be forgotten."""
    return pgtrigger.ignore("journal.Event:never_altered")
