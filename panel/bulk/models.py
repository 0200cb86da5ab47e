"""A change of many rows at once, and what became of each."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any, Final, Self

from django.conf import settings
from django.db import models
from django.db.models import Case, Count, Q, Sum, Value, When
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from accounts.models import Account
from journal.models import OPEN, NextActor, Operation, State


class JobState(models.TextChoices):
    """From the choice of rows to the last of them."""

    CHOSEN = "chosen", _("waits for what is wished")
    READY = "ready", _("waits to be confirmed")
    RUNNING = "running", _("under way")
    ASKED = "asked", _("everything is asked for")


class BulkJob(models.Model):
    """One person's change of many rows. Nothing is done before it is confirmed."""

    account = models.ForeignKey(
        Account, on_delete=models.CASCADE, related_name="bulk_jobs", verbose_name=_("account")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="bulk_jobs",
        verbose_name=_("person"),
    )
    list = models.CharField(_("list"), max_length=30)
    action = models.CharField(_("action"), max_length=30)
    wish = models.JSONField(_("wish"), default=dict, blank=True)
    """What the person typed, the same for all rows."""
    state = models.CharField(_("state"), max_length=10, choices=JobState, default=JobState.CHOSEN)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    started_at = models.DateTimeField(_("started"), null=True, blank=True)
    asked_at = models.DateTimeField(_("everything asked for"), null=True, blank=True)

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("change of many at once")
        verbose_name_plural = _("changes of many at once")
        indexes = [models.Index(name="bulk_of_person", fields=["user", "account", "list", "-id"])]

    def __str__(self) -> str:
        return f"#{self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("panel:bulk", args=[self.pk])

    @property
    def key(self) -> str:
        return f"bulk:{self.pk}"

    @property
    def is_draft(self) -> bool:
        return self.state in (JobState.CHOSEN, JobState.READY)

    def offer(self, wish: dict[str, Any]) -> bool:
        """It may be confirmed now; False once it has begun."""
        drafts = BulkJob.objects.filter(pk=self.pk, state__in=[JobState.CHOSEN, JobState.READY])
        return self._move(drafts, state=JobState.READY, wish=wish)

    def begin(self) -> bool:
        """False when it has begun already: a second click does nothing."""
        ready = BulkJob.objects.filter(pk=self.pk, state=JobState.READY)
        return self._move(ready, state=JobState.RUNNING, started_at=now())

    def end(self) -> bool:
        """Every row has been asked for or refused."""
        running = BulkJob.objects.filter(pk=self.pk, state=JobState.RUNNING)
        return self._move(running, state=JobState.ASKED, asked_at=now())

    def _move(self, rows: "models.QuerySet[BulkJob]", **fields: Any) -> bool:
        if rows.update(**fields) != 1:
            return False
        self.refresh_from_db()
        return True


class RowState(models.TextChoices):
    """What became of a row, as far as it is decided here; then its operation tells."""

    WAITING = "waiting", _("to do")
    NOTHING = "nothing", _("is so already")
    REFUSED = "refused", _("not possible")
    ASKED = "asked", _("asked for")
    DONE = "done", _("done")


UNDER_WAY = Q(state=RowState.ASKED, operation__state__in=OPEN) & ~Q(
    operation__next_actor=NextActor.OWNER
)
"""It moves; what waits for an owner may do so for days."""
FAILED = Q(state=RowState.REFUSED) | Q(operation__state__in=[State.ERROR, State.CANCELLED])


class BulkRowQuerySet(models.QuerySet["BulkRow"]):
    def failed(self) -> Self:
        """Refused here, or its operation has failed or was given up."""
        return self.filter(FAILED)

    def failures_first(self) -> Self:
        rank = Case(When(FAILED, then=Value(0)), default=Value(1))
        return self.select_related("operation").order_by(rank, "number")

    def open(self) -> Self:
        """Not carried out, or its operation is under way."""
        return self.filter(Q(state=RowState.WAITING) | UNDER_WAY)

    def counted(self) -> dict[str, int]:
        """All, open, failed and possible ones."""
        return self.order_by().aggregate(
            total=Count("pk"),
            open=Count("pk", filter=Q(state=RowState.WAITING) | UNDER_WAY),
            failed=Count("pk", filter=FAILED),
            possible=Count("pk", filter=Q(state=RowState.WAITING)),
            nothing=Count("pk", filter=Q(state=RowState.NOTHING)),
        )

    def sums(self) -> Iterable[Any]:
        """`amount` of all possible ones, per currency."""
        priced = self.filter(state=RowState.WAITING, amount_now__isnull=False).order_by()
        return priced.values("currency").annotate(amount=Sum("amount_now")).order_by("currency")


class BulkRow(models.Model):
    """One of the chosen rows: what was foreseen, and what became of it."""

    FORESEEN: Final = (
        *("state", "text", "wish", "amount_now", "period_after", "currency"),
        *("refundable_until", "impossible_until"),
    )
    job = models.ForeignKey(
        BulkJob,
        on_delete=models.CASCADE,
        related_name="rows",
        verbose_name=_("change of many at once"),
    )
    number = models.PositiveIntegerField(_("number"))
    row = models.PositiveBigIntegerField(_("number in the list"))
    """Number of the row in its own table."""
    name = models.CharField(_("name"), max_length=200)
    place = models.CharField(_("place"), max_length=200, blank=True)
    """The service, by name."""
    state = models.CharField(_("state"), max_length=10, choices=RowState, default=RowState.WAITING)
    text = models.TextField(_("message"), blank=True)
    """What will happen, or why it is not possible; in the person's language."""
    wish = models.JSONField(_("wish"), default=dict, blank=True)
    """What is asked for this very row, e.g. its new number of seats."""
    amount_now = models.DecimalField(
        _("amount now"), max_digits=14, decimal_places=4, null=True, blank=True
    )
    period_after = models.DecimalField(
        _("amount per period afterwards"), max_digits=14, decimal_places=4, null=True, blank=True
    )
    """The money that the person saw."""
    currency = models.CharField(_("currency"), max_length=3, blank=True)
    refundable_until = models.DateTimeField(_("can be given back until"), null=True, blank=True)
    impossible_until = models.DateField(_("then impossible until"), null=True, blank=True)
    operation = models.ForeignKey(
        Operation,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("operation"),
    )

    objects = BulkRowQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        verbose_name = _("row of a change")
        verbose_name_plural = _("rows of changes")
        constraints = [models.UniqueConstraint(name="one_bulk_row", fields=["job", "row"])]

    def __str__(self) -> str:
        return f"{self.job_id}/{self.number} {self.name}"

    def foresee(self, state: str, text: str, **facts: Any) -> None:
        """Before anything is confirmed. Not saved: all rows are, at once."""
        usual: dict[str, Any] = {"wish": {}, "currency": "", "state": state, "text": text}
        for name in self.FORESEEN:
            setattr(self, name, facts.get(name, usual.get(name)))

    def settle(self, state: str, text: str = "", operation: Operation | None = None) -> bool:
        """What became of it, once; False when another worker was first."""
        waiting = BulkRow.objects.filter(pk=self.pk, state=RowState.WAITING)
        facts = {"text": text} if text else {}
        return waiting.update(state=state, operation=operation, **facts) == 1

    @property
    def seen(self) -> tuple[Decimal, Decimal | None] | None:
        return None if self.amount_now is None else (self.amount_now, self.period_after)

    @property
    def is_failed(self) -> bool:
        ended_badly = (State.ERROR, State.CANCELLED)
        return self.state == RowState.REFUSED or bool(
            self.operation and self.operation.state in ended_badly
        )
