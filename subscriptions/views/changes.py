"""Pages of changes: choose, see what it does and costs, confirm."""

from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.access import Actor, actor_of
from common.refusals import Impossible
from subscriptions import services
from subscriptions.access import subscription_for
from subscriptions.forms import WishForm
from subscriptions.instead import Instead, instead_of
from subscriptions.models import Subscription
from subscriptions.pages import PAGES, Page
from subscriptions.rules import Preview


@login_required
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, pk: int, page: str) -> HttpResponse:
    """One change of one subscription: the first post shows the preview, the second confirms it."""
    shown, actor = PAGES[page], actor_of(request)
    subscription = subscription_for(actor, pk, need=shown.need)
    data = request.POST if request.method == "POST" else None
    turn = Turn(shown, subscription, shown.form(data, subscription=subscription))
    if "confirm" not in request.POST and shown.has_preview:
        turn.look()
    elif turn.ask(request, actor):
        return redirect(subscription.tenant)
    context = {"turn": turn, "subscription": subscription, "tenant": subscription.tenant}
    status = 422 if turn.form.errors else 200
    return render(request, "subscriptions/change.html", context, status=status)


@dataclass
class Turn:
    """One look at a page of change."""

    page: Page
    subscription: Subscription
    form: WishForm
    preview: Preview | None = None
    instead: Instead | None = None
    refusal: str = ""

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
            said = _("The change is under way.") if asked else _("Nothing to change.")
            messages.success(request, said)
            return True
        return False

    def _refuse(self, error: Impossible) -> None:
        """Say why, beside the field where there is one, and what can be had instead."""
        self.refusal = str(error)
        self.instead = instead_of(self.subscription, self.form.wish(), error.code)
        if self.form.is_bound:
            for name, texts in error.errors.items():
                self.form.add_error(name if name in self.form.fields else None, texts[0])
