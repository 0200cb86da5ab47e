"""Runs of the automatic configuration, from the wish to the servers' answers."""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from dnsconfig.edits import Edit
from dnsconfig.models.domains import Domain
from dnsconfig.plan import Plan, Way


class Kind(models.TextChoices):
    """What a run is for."""

    CONFIGURE = "configure", _("Configuration")
    UNDO = "undo", _("Undo")
    WITHDRAW = "withdraw", _("Removal of our records")


class PlanState(models.TextChoices):
    """From the wish to records that every server answers with."""

    PREPARING = "preparing", _("being prepared")
    READY = "ready", _("ready: nothing is written yet")
    CONFLICT = "conflict", _("waits for your decision")
    REFUSED = "refused", _("not possible")
    WRITING = "writing", _("being written")
    PUBLISHING = "publishing", _("written, being checked at the name servers")
    DONE = "done", _("done")
    CANCELLED = "cancelled", _("given up")


SHOWN = (PlanState.READY, PlanState.CONFLICT)
"""A plan is before a person's eyes, and nothing is under way."""
OPEN = (PlanState.PREPARING, *SHOWN, PlanState.WRITING, PlanState.PUBLISHING)


class DnsPlanQuerySet(models.QuerySet["DnsPlan"]):
    def open(self) -> Self:
        return self.filter(state__in=OPEN)


class DnsPlan(models.Model):
    """One run of the automatic configuration: what was wished, planned, written and seen."""

    domain = models.ForeignKey(
        Domain, on_delete=models.PROTECT, related_name="plans", verbose_name=_("domain")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.CONFIGURE)
    services = models.JSONField(_("services"))
    extras = models.JSONField(_("DKIM and DMARC"), default=dict, blank=True)
    """DKIM targets and the mailbox for DMARC reports: see `dnsconfig.extras.Extras`."""
    undoes = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="undone_by",
        verbose_name=_("undoes"),
    )
    is_dry = models.BooleanField(_("trial run"), default=False)
    """Only looks: no domain is added, nothing can be launched."""
    is_ahead_of_delegation = models.BooleanField(_("ahead of the zone's delegation"), default=False)
    """The zone is prepared although nobody asks its servers yet: a person said so."""
    by_hand = models.JSONField(_("records to write by hand"), default=dict, blank=True)
    """Records that a person must write before the run goes on, as an edit."""
    is_likely = models.BooleanField(_("likely plan only"), default=False)
    """The plan that is shown is the likely one: Microsoft has not been asked yet."""
    state = models.CharField(
        _("state"), max_length=10, choices=PlanState, default=PlanState.PREPARING
    )
    content = models.JSONField(_("plan"), null=True, blank=True)
    """The plan as JSON; see `dnsconfig.plan.Plan`."""
    fingerprint = models.CharField(_("fingerprint"), max_length=64, blank=True)
    decisions = models.JSONField(_("decisions"), default=dict, blank=True)
    """What people chose: key of a change → way."""
    applied = models.JSONField(_("carried out"), null=True, blank=True)
    """The edit that was really carried out, for undoing it; set before the first write."""
    written = models.JSONField(_("written records"), default=list, blank=True)
    """Per record: what became of it at the host."""
    written_at = models.DateTimeField(_("written at"), null=True, blank=True)
    problem = models.JSONField(_("problem"), default=dict, blank=True)
    """`code` and facts of a refusal; words for it are in `dnsconfig.words`."""
    published = models.JSONField(_("answers of the name servers"), default=list, blank=True)
    """Per server: name, address, how many of the records it answers with, error."""
    is_stale = models.BooleanField(_("zone changed meanwhile"), default=False)
    """The zone was changed by somebody else, so the plan was made anew."""
    by_label = models.CharField(_("by"), max_length=254)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    updated_at = models.DateTimeField(_("updated"), auto_now=True)
    launched_at = models.DateTimeField(_("launched"), null=True, blank=True)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)

    objects = DnsPlanQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("DNS configuration run")
        verbose_name_plural = _("DNS configuration runs")
        constraints = [
            models.UniqueConstraint(
                name="one_open_plan_per_domain", fields=["domain"], condition=Q(state__in=OPEN)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.domain} #{self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("dnsconfig:plan", args=[self.domain.tenant.service_name, self.pk])

    @property
    def journey(self) -> str:
        """This run in the journal."""
        return f"dnsplan:{self.pk}"

    @property
    def plan(self) -> Plan | None:
        """What was compared last; None while it is being prepared."""
        return None if self.content is None else Plan.from_json(self.content)

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def is_moving(self) -> bool:
        """The portal is at work: the page asks again."""
        return self.state in (PlanState.PREPARING, PlanState.WRITING, PlanState.PUBLISHING)

    @property
    def edit(self) -> Edit:
        """What was really carried out."""
        return Edit.from_json(self.applied) if self.applied else Edit()

    @property
    def can_be_undone(self) -> bool:
        """Something was written, and no later run has undone it."""
        return bool(self.edit) and not self.is_open and not self.is_undone

    @property
    def is_undone(self) -> bool:
        return self.undone_by.filter(state=PlanState.DONE).exists()

    @property
    def ways(self) -> dict[str, Way]:
        return {key: Way(way) for key, way in self.decisions.items()}

    def offer(self, plan: Plan, *, is_stale: bool = False, is_likely: bool = False) -> bool:
        """Show the plan to a person, who decides where there are conflicts."""
        return self._show(
            (PlanState.PREPARING, PlanState.WRITING), plan, is_stale=is_stale, is_likely=is_likely
        )

    def decide(self, plan: Plan, decisions: dict[str, Way]) -> bool:
        """Keep a person's choices and the plan that follows from them."""
        return self._show(SHOWN, plan, decisions={**self.decisions, **decisions})

    def resume(self) -> bool:
        """The likely plan is decided: go on to the real one."""
        return self._move((PlanState.READY,), PlanState.PREPARING, is_likely=False)

    def begin_writing(self, edit: Edit) -> None:
        """Keep what is about to be written, after what this run has written: the way back."""
        whole = self.edit.then(edit)
        self.applied, self.written_at = whole.to_json(), now()
        DnsPlan.objects.filter(pk=self.pk).update(applied=self.applied, written_at=self.written_at)

    def ask_by_hand(self, edit: Edit) -> None:
        """Show records that a person must write; none: they are there."""
        self.by_hand = edit.to_json()
        DnsPlan.objects.filter(pk=self.pk).update(by_hand=self.by_hand, updated_at=now())

    def note_written(self, written: list[dict[str, Any]]) -> None:
        DnsPlan.objects.filter(pk=self.pk).update(written=written, updated_at=now())

    def _show(self, old: tuple[PlanState, ...], plan: Plan, **fields: Any) -> bool:
        return self._move(
            old,
            PlanState.CONFLICT if plan.is_blocked else PlanState.READY,
            content=plan.to_json(),
            fingerprint=plan.fingerprint,
            **fields,
        )

    def refuse(self, problem: dict[str, Any]) -> bool:
        """End it before anything was written."""
        return self._move((PlanState.PREPARING,), PlanState.REFUSED, problem=problem)

    def launch(self) -> bool:
        """A person approves the plan that is shown."""
        return self._move((PlanState.READY,), PlanState.WRITING, launched_at=now(), is_stale=False)

    def publish(self) -> bool:
        """All is written and served by the host; now the servers are asked."""
        return self._move((PlanState.WRITING,), PlanState.PUBLISHING)

    def note_published(self, published: list[dict[str, Any]]) -> None:
        """Keep what each server answered last."""
        mine = DnsPlan.objects.filter(pk=self.pk, state=PlanState.PUBLISHING)
        mine.update(published=published, updated_at=now())

    def finish(self, published: list[dict[str, Any]]) -> bool:
        return self._move(
            (PlanState.PUBLISHING,), PlanState.DONE, published=published, finished_at=now()
        )

    def give_up(self) -> bool:
        """A person, or a newer run, ends it; what is written stays."""
        return self._move(OPEN, PlanState.CANCELLED, finished_at=now())

    def _move(self, old: tuple[PlanState, ...], new: PlanState, **fields: Any) -> bool:
        mine = DnsPlan.objects.filter(pk=self.pk, state__in=old)
        if mine.update(state=new, updated_at=now(), **fields) != 1:
            return False
        self.refresh_from_db()
        return True
