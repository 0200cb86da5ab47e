"""API tokens of the account."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts import services
from accounts.access import actor_of, token_for
from accounts.forms import TokenForm, show_refusal
from accounts.models import Role
from common.refusals import Impossible


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def tokens(request: HttpRequest) -> HttpResponse:
    """The list; a new token's secret is on the page that answers its creation, and nowhere else."""
    actor = actor_of(request)
    actor.need(Role.OWNER)
    form = TokenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            token, secret = services.create_token(actor=actor, **form.cleaned_data)
        except Impossible as refusal:
            show_refusal(form, refusal)
        else:
            context = {"token": token, "secret": secret}
            return render(request, "accounts/new_token.html", context)
    rows = actor.account.tokens.filter(revoked_at=None).select_related("user")
    context = {"form": form, "tokens": rows}
    return render(request, "accounts/tokens.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    token = token_for(actor, pk, need=Role.OWNER)
    if services.revoke_token(token=token, by=actor.by):
        messages.success(request, _("The token is revoked."))
    return redirect("accounts:tokens")
