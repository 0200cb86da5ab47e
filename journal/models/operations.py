"""Operations: one remote write, or one wait for a remote state, each."""

import uuid
from datetime import datetime, timedelta
from typing import Any, Self

from django.db import IntegrityError, models, transaction
from django.db.models import Exists, F, OuterRef, Q
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from common.fields import EncryptedJSONField, SealedManager
from journal.models.states import OPEN, NextActor, State

LEASE = timedelta(seconds=15)
"""How long a worker may be silent before another one takes its operation."""

_FORGOTTEN = {"request": None, "request_id": None, "first_sent_at": None}


class OperationQuerySet(models.QuerySet["Operation"]):
    def of_account(self, account_id: int) -> Self:
        return self.filter(account_id=account_id)

    def listed_under(self, place: str) -> Self:
        return self.filter(listed_under=place)

    def in_progress(self) -> Self:
        """Not at rest: to do, being done, or in error (somebody must act)."""
        return self.filter(state__in=(*OPEN, State.ERROR))

    def due(self, at: datetime) -> Self:
        """Claimable now: released, its time come (or its worker silent), first of its subject."""
        waiting = Q(state=State.TODO, not_before__lte=at)
        abandoned = Q(state=State.DOING, lease_until__lt=at)
        released = Q(after=None) | Q(after__state=State.DONE)
        return self.filter(waiting | abandoned, released).filter(~Exists(_earlier()))


def _earlier() -> "OperationQuerySet":
    """Operations that go first on the same subject.

    One that hangs on a step in error does not: nobody knows when it will go on.
    """
    failed = Operation.objects.filter(journey=OuterRef("journey"), state=State.ERROR)
    hangs = Q(after__state__in=[State.ERROR, State.CANCELLED]) | (
        ~Q(journey="") & Q(after__state__in=OPEN) & Exists(failed)
    )
    return Operation.objects.filter(
        subject=OuterRef("subject"), pk__lt=OuterRef("pk"), state__in=OPEN
    ).exclude(hangs)


class Operation(models.Model):
    """One remote write, or one wait for a remote state, with all that is needed to repeat it."""

    account_id = models.BigIntegerField(_("number of the account"), null=True, blank=True)
    kind = models.CharField(_("kind"), max_length=60)
    subject = models.CharField(_("about"), max_length=80)
    """What it changes, e.g. `subscription:9`; one operation per subject is doing at a time."""
    listed_under = models.CharField(_("listed under"), max_length=80, blank=True)
    """Where people see it, e.g. `tenant:4`."""
    journey = models.CharField(_("part of"), max_length=80, blank=True)
    """The use case it is a step of, e.g. `order:7`."""
    after = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="followers",
        verbose_name=_("comes after"),
    )
    once = models.CharField(_("planned run"), max_length=120, null=True, blank=True, unique=True)
    """Scheduled work: kind and due time, so that two schedulers do no harm."""

    params = models.JSONField(_("parameters"), default=dict, blank=True)
    secret = EncryptedJSONField(_("secret"))
    memo = models.JSONField(_("notes between attempts"), default=dict, blank=True)
    """Facts that one attempt leaves for the next, e.g. where to poll."""
    result = models.JSONField(_("result"), default=dict, blank=True)

    state = models.CharField(_("state"), max_length=10, choices=State, default=State.TODO)
    attempt = models.PositiveIntegerField(_("attempts"), default=0)
    failures = models.PositiveIntegerField(_("failures"), default=0)
    """Failures since somebody last acted."""
    not_before = models.DateTimeField(_("not before"), default=now)
    lease_until = models.DateTimeField(_("held by a worker until"), null=True, blank=True)

    request_id = models.UUIDField(_("request ID"), null=True, blank=True)
    request = EncryptedJSONField(_("request"))
    """The request as it was first sent; a repeat is the same id and the same bytes."""
    first_sent_at = models.DateTimeField(_("first sent"), null=True, blank=True)

    next_actor = models.CharField(
        _("who acts next"), max_length=10, choices=NextActor, default=NextActor.PORTAL
    )
    error_code = models.CharField(_("error code"), max_length=60, blank=True)
    error_text = models.TextField(_("error"), blank=True)
    error_field = models.CharField(_("field in error"), max_length=60, blank=True)

    by_id = models.BigIntegerField(_("number of the person"), null=True, blank=True)
    by_label = models.CharField(_("by"), max_length=254, blank=True)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    started_at = models.DateTimeField(_("started"), null=True, blank=True)
    """Begin of the first attempt since somebody last acted."""
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    updated_at = models.DateTimeField(_("updated"), auto_now=True)

    objects = SealedManager.from_queryset(OperationQuerySet)()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("operation")
        verbose_name_plural = _("operations")
        constraints = [
            models.UniqueConstraint(
                name="one_doing_per_subject", fields=["subject"], condition=Q(state="doing")
            ),
            models.CheckConstraint(
                name="doing_has_a_lease", condition=~Q(state="doing", lease_until=None)
            ),
        ]
        indexes = [
            models.Index(name="operation_open", fields=["not_before"], condition=Q(state="todo")),
            models.Index(
                name="operation_open_subject",
                fields=["subject", "id"],
                condition=Q(state__in=["todo", "doing"]),
            ),
            models.Index(name="operation_subject", fields=["subject", "-id"]),
            models.Index(
                name="operation_unfinished",
                fields=["state", "kind", "created_at"],
                condition=Q(state__in=["todo", "doing", "error"]),
            ),
            models.Index(name="operation_failed", fields=["journey"], condition=Q(state="error")),
            models.Index(name="operation_place", fields=["listed_under", "-id"]),
            models.Index(name="operation_journey", fields=["journey", "id"]),
            models.Index(name="operation_account", fields=["account_id", "-id"]),
        ]

    def __str__(self) -> str:
        return f"{self.kind} #{self.pk}"

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def is_waiting(self) -> bool:
        """Somebody else must act first: shown as waiting, not as work."""
        return self.state == State.TODO and self.next_actor != NextActor.PORTAL

    def claim(self, *, at: datetime) -> bool:
        """Take it for `LEASE`; False when another worker was first, or is busy with its subject.

        `attempt` is the version: only the row as it was read may be taken. Taking it from a silent
        worker counts as a failure, so that one that kills its workers is given up at last.
        """
        mine = Operation.objects.filter(pk=self.pk, attempt=self.attempt, state=self.state)
        free = mine.filter(Q(state=State.TODO) | Q(lease_until__lt=at))
        lost = 1 if self.state == State.DOING else 0
        try:
            with transaction.atomic():
                taken = free.update(
                    state=State.DOING,
                    attempt=F("attempt") + 1,
                    failures=F("failures") + lost,
                    lease_until=at + LEASE,
                    started_at=self.started_at or at,
                    updated_at=at,
                )
                if taken:  # read while the row is locked: what we hold is our own attempt
                    self.refresh_from_db()
        except IntegrityError:
            return False
        return taken == 1

    def renew_lease(self) -> bool:
        """Heartbeat of the worker that holds it; False when it no longer does."""
        return self._mine().update(lease_until=now() + LEASE) == 1

    def keep_request(self, request: Any, request_id: uuid.UUID) -> bool:
        """Store what is about to be sent; False when the operation is no longer mine."""
        return self._move(self._mine(), request=request, request_id=request_id, first_sent_at=now())

    def drop_request(self) -> bool:
        """Read back and found undone: the next request is built anew, under a new id."""
        fresh = {"request": None, "request_id": None, "first_sent_at": None}
        return self._move(self._mine(), **fresh)

    def stored_request(self) -> Any:
        """What was stored, read while it is mine; None when it no longer is."""
        return self._mine().values_list("request", flat=True).first()

    def keep_memo(self, memo: dict[str, Any]) -> bool:
        """Store facts for the next attempt; False when the operation is no longer mine."""
        return self._move(self._mine(), memo=memo)

    def finish(self, *, result: dict[str, Any]) -> bool:
        """Done; what was secret is forgotten. False when it is no longer mine."""
        return self._move(
            self._mine(),
            state=State.DONE,
            result=result,
            secret=None,
            request=None,
            lease_until=None,
            next_actor=NextActor.PORTAL,
            error_code="",
            error_text="",
            error_field="",
            finished_at=now(),
        )

    def wait(self, *, seconds: float, actor: str, text: str = "", code: str = "") -> bool:
        """Back to the queue without having failed: the other side is not ready yet."""
        return self._move(
            self._mine(),
            state=State.TODO,
            lease_until=None,
            not_before=now() + timedelta(seconds=seconds),
            next_actor=actor,
            error_code=code,
            error_text=text,
            error_field="",
        )

    def try_later(self, *, seconds: float, code: str, text: str) -> bool:
        """Back to the queue after a failure that the portal mends by itself."""
        return self._move(
            self._mine(),
            state=State.TODO,
            lease_until=None,
            failures=self.failures + 1,
            not_before=now() + timedelta(seconds=seconds),
            next_actor=NextActor.PORTAL,
            error_code=code,
            error_text=text,
            error_field="",
        )

    def fail(self, *, actor: str, code: str, text: str, field: str, answered: bool) -> bool:
        """Stop until somebody acts. After an answer the next attempt takes a new request id."""
        return self._move(
            self._mine(),
            state=State.ERROR,
            lease_until=None,
            failures=self.failures + 1,
            next_actor=actor,
            error_code=code,
            error_text=text,
            error_field=field,
            finished_at=now(),
            **(_FORGOTTEN if answered else {}),
        )

    def reopen(self) -> bool:
        """A person says: try again. Patience begins anew."""
        return self._move(
            Operation.objects.filter(pk=self.pk, state=State.ERROR),
            state=State.TODO,
            not_before=now(),
            next_actor=NextActor.PORTAL,
            failures=0,
            started_at=None,
            finished_at=None,
        )

    def cancel(self) -> bool:
        """A person gives it up; what may have reached the other side cannot be given up."""
        unsent = Operation.objects.filter(pk=self.pk, request_id=None)
        return self._move(
            unsent.filter(state__in=[State.TODO, State.ERROR]),
            state=State.CANCELLED,
            secret=None,
            finished_at=now(),
        )

    def _mine(self) -> OperationQuerySet:
        return Operation.objects.filter(pk=self.pk, state=State.DOING, attempt=self.attempt)

    def _move(self, rows: OperationQuerySet, **fields: Any) -> bool:
        """Compare and set. Nothing is read back: the row may be another worker's by then."""
        if rows.update(updated_at=now(), **fields) != 1:
            return False
        for name, value in fields.items():
            setattr(self, name, value)
        return True
