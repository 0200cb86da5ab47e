"""The logo of an account: shown to its own members, changed by owners."""

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import services
from accounts.access import actor_of
from accounts.forms import show_refusal
from accounts.models import Logo, Role
from accounts.services.logo import LARGEST
from common.refusals import Impossible


class LogoForm(forms.Form):
    """Any file; what it is is told by its content, in the service."""

    logo = forms.FileField(
        label=gettext_lazy("Logo"),
        help_text=gettext_lazy("PNG or JPEG, at most 200 kB and 2000 pixels."),
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg"}),
    )


@login_required
@require_safe
def logo(request: HttpRequest) -> HttpResponse:
    """The picture, for members alone. Nothing in it can act: the type is what we found it to be."""
    found = get_object_or_404(Logo, account=actor_of(request).account)
    return HttpResponse(
        bytes(found.content),
        content_type=found.content_type,
        headers={
            "Content-Security-Policy": "default-src 'none'; sandbox",
            "Content-Disposition": "inline",
            "Cache-Control": "private, no-cache",
        },
    )


@login_required
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest) -> HttpResponse:
    """For owners."""
    actor = actor_of(request)
    actor.need(Role.OWNER)
    form = LogoForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        content = form.cleaned_data["logo"].read(LARGEST + 1)
        try:
            services.keep_logo(account=actor.account, content=content, by=actor.by)
        except Impossible as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("The logo is saved."))
            return redirect("accounts:change_logo")
    has_logo = Logo.objects.filter(account=actor.account).exists()
    status = 422 if form.errors else 200
    context = {"form": form, "has_logo": has_logo}
    return render(request, "accounts/logo.html", context, status=status)


@login_required
@require_POST
def remove(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    actor.need(Role.OWNER)
    if services.remove_logo(account=actor.account, by=actor.by):
        messages.success(request, _("The logo is removed."))
    return redirect("accounts:change_logo")
