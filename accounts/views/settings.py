"""Settings of the account, the person's own profile, and the switch between accounts."""

from django.conf import settings as django_settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_http_methods, require_POST

from accounts import services
from accounts.access import actor_of, choose_account, person_of
from accounts.forms import ProfileForm, SettingsForm, SwitchForm, show_refusal
from accounts.models import Account, Role, User
from common.refusals import Impossible


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: HttpRequest) -> HttpResponse:
    """For owners."""
    actor = actor_of(request)
    actor.need(Role.OWNER)
    account = Account.objects.get(pk=actor.account.pk)  # the form writes on its own copy
    form = SettingsForm(request.POST or None, instance=account)
    if request.method == "POST" and form.is_valid():
        try:
            services.change_account(account=actor.account, facts=form.cleaned_data, by=actor.by)
        except Impossible as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("The settings are saved."))
            return redirect("accounts:settings")
    status = 422 if form.errors else 200
    return render(request, "accounts/settings.html", {"form": form}, status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: HttpRequest) -> HttpResponse:
    """A person's own name and language, in whichever account."""
    user = User.objects.get(pk=person_of(request).pk)  # the form writes on its own copy
    form = ProfileForm(request.POST or None, instance=user)
    if request.method == "POST" and form.is_valid():
        services.change_profile(user=user, **form.cleaned_data)
        language = form.cleaned_data["language"]
        with override(language):
            messages.success(request, _("Your profile is saved."))
        response = redirect("accounts:profile")
        response.set_cookie(
            django_settings.LANGUAGE_COOKIE_NAME,
            language,
            samesite="Lax",
            secure=django_settings.SESSION_COOKIE_SECURE,
        )
        return response
    memberships = user.memberships.select_related("account")
    context = {"form": form, "memberships": memberships}
    return render(request, "accounts/profile.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def switch(request: HttpRequest) -> HttpResponse:
    """Work in another account of one's own."""
    form = SwitchForm(request.POST)
    if not form.is_valid():
        return redirect("accounts:profile")
    account = choose_account(request, form.cleaned_data["account"])
    messages.success(request, _("You now work for %(account)s.") % {"account": account.name})
    return redirect(_next(request))


def _next(request: HttpRequest) -> str:
    wanted = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure()):
        return wanted
    return django_settings.LOGIN_REDIRECT_URL
