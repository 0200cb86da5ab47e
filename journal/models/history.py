"""What has happened: attempts at operations, and events that others are told of."""

from django.db import models

from journal.models.operations import Operation


class Attempt(models.Model):
    """One try of an operation, for those who must explain it later."""

    operation = models.ForeignKey(Operation, on_delete=models.CASCADE, related_name="attempts")
    number = models.PositiveIntegerField()
    request_id = models.UUIDField(null=True, blank=True)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(auto_now_add=True)
    outcome = models.CharField(max_length=20)
    code = models.CharField(max_length=60, blank=True)
    text = models.TextField(blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.operation_id}/{self.number} {self.outcome}"


class Event(models.Model):
    """Something that has happened, written in the transaction of the change itself."""

    account_id = models.BigIntegerField(null=True, blank=True)
    kind = models.CharField(max_length=60)
    subject = models.CharField(max_length=80)
    listed_under = models.CharField(max_length=80, blank=True)
    data = models.JSONField(default=dict, blank=True)
    operation = models.ForeignKey(Operation, null=True, blank=True, on_delete=models.SET_NULL)
    by_id = models.BigIntegerField(null=True, blank=True)
    by_label = models.CharField(max_length=254, blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-pk"]
        indexes = [
            models.Index(name="event_account", fields=["account_id", "-id"]),
            models.Index(name="event_place", fields=["listed_under", "-id"]),
            models.Index(name="event_subject", fields=["subject", "-id"]),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject}"
