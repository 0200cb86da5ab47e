"""Pages of changes: choose, see what it does and costs, confirm."""

from dataclasses import dataclass, field

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.access import Actor, actor_of
from accounts.second_factor.grave import Grave, typed
from common.clock import microsoft_now
from common.refusals import Impossible
from journal.models import Operation
from subscriptions import services
from subscriptions.access import subscription_for
from subscriptions.contracts import open_batches
from subscriptions.forms import UpgradeForm, WishForm
from subscriptions.grave import reasons_of
from subscriptions.instead import Instead, instead_of
from subscriptions.intake import offered
from subscriptions.models import Subscription
from subscriptions.pages import PAGES, UPGRADE, Page
from subscriptions.plans import licences_of
from subscriptions.remote.upgrades import Target
from subscriptions.rules import Preview
from subscriptions.waiting.asked import APPROVAL, WaitingChange
from subscriptions.waiting.asking import needs_owner


@login_required
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, pk: int, page: str) -> HttpResponse:
    """One change of one subscription: the first post shows the preview, the second confirms it."""
    actor = actor_of(request)
    subscription = subscription_for(actor, pk, need=PAGES[page].need)
    form = PAGES[page].form(typed(request), subscription=subscription)
    return _answer(request, actor, Turn(PAGES[page], subscription, form))


@login_required
@require_http_methods(["GET", "POST"])
def upgrade(request: HttpRequest, pk: int) -> HttpResponse:
    """Another licence, of those that Microsoft allows at this moment."""
    actor = actor_of(request)
    subscription = subscription_for(actor, pk, need=UPGRADE.need)
    targets, refusal = offered(subscription)
    codes = [each.code for each in targets if each.is_eligible]
    licences = licences_of(subscription, codes)
    form = UpgradeForm(typed(request), subscription=subscription, targets=licences)
    turn = Turn(UPGRADE, subscription, form, refusal=refusal)
    turn.barred = [each for each in targets if not each.is_eligible]
    return _answer(request, actor, turn)


def _answer(request: HttpRequest, actor: Actor, turn: "Turn") -> HttpResponse:
    is_sure = "confirm" in request.POST or not turn.page.has_preview
    if turn.page.is_danger or not is_sure:
        turn.look()
        turn.weigh(request)
    if is_sure and not turn.refusal and turn.is_named:
        if turn.grave and (way := turn.grave.missing()):
            return way
        if turn.ask(request, actor):
            return redirect(turn.waiting or turn.subscription.tenant)
    context = {
        "turn": turn,
        "subscription": turn.subscription,
        "tenant": turn.subscription.tenant,
        "batches": open_batches(turn.subscription),
        "at": microsoft_now(),
        "waiting": WaitingChange.on(turn.subscription),
        "needs_owner": turn.preview and needs_owner(turn.subscription, turn.preview, actor.by),
    }
    is_wrong = turn.form.errors or (turn.grave and turn.grave.form.errors)
    status = 422 if is_wrong else 200
    return render(request, "subscriptions/change.html", context, status=status)


@dataclass
class Turn:
    """One look at a page of change."""

    page: Page
    subscription: Subscription
    form: WishForm
    preview: Preview | None = None
    instead: Instead | None = None
    grave: Grave | None = None
    refusal: str = ""
    barred: list[Target] = field(default_factory=list)
    """Licences that Microsoft names but refuses, with its reason."""
    waiting: WaitingChange | None = None
    """The wish, where it waits for an owner now."""

    def look(self) -> None:
        """Find out what the wish would do; a page without a choice does so at once."""
        if self.form.is_bound and not self.form.is_valid():
            return
        if not self.form.is_bound and self.page.has_choice:
            return
        try:
            self.preview = services.preview(subscription=self.subscription, change=self.form.wish())
        except Impossible as error:
            self._refuse(error)

    def weigh(self, request: HttpRequest) -> None:
        """Find out whether a second look is enough."""
        if self.preview is None:
            return
        row = self.subscription
        reasons = reasons_of(row, self.form.wish(), self.preview)
        if reasons:
            self.grave = Grave(request, name=row.name, reasons=reasons)

    @property
    def is_named(self) -> bool:
        """The name was typed, where it must be."""
        return self.grave is None or self.grave.form.is_valid()

    def ask(self, request: HttpRequest, actor: Actor) -> bool:
        """Ask for the wish; False when it was refused, or costs something else by now."""
        if not self.form.is_valid():
            return False
        try:
            asked = services.change(
                subscription=self.subscription,
                change=self.form.wish(),
                seen=self.form.seen(),
                keep_schedule="keep_schedule" in request.POST,
                by=actor.by,
            )
        except services.MoneyMoved as error:
            self.preview = error.preview
            self._refuse(error)
        except Impossible as error:
            self._refuse(error)
        else:
            messages.success(request, self._said(asked))
            return True
        return False

    def _said(self, asked: Operation | None) -> str:
        if asked is None:
            return _("Nothing to change.")
        if asked.kind != APPROVAL:
            return _("The change is under way.")
        self.waiting = WaitingChange(asked)
        return _("An owner must approve the change. Owners have been told.")

    def _refuse(self, error: Impossible) -> None:
        """Say why, beside the field where there is one, and what can be had instead."""
        self.refusal = str(error)
        self.instead = instead_of(self.subscription, self.form.wish(), error.code)
        if self.form.is_bound:
            for name, texts in error.errors.items():
                self.form.add_error(name if name in self.form.fields else None, texts[0])
