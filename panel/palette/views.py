"""The search (page and palette), the sheet of shortcuts, and the star."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.access import actor_of
from accounts.services import switch_letter_keys
from common.refusals import Impossible
from panel.palette import pins
from panel.palette.finding import LONGEST, Wish, find
from tenants.access import tenant_for


@login_required
@require_GET
def search(request: HttpRequest) -> HttpResponse:
    """Everything called so. The page goes straight to what was called by its very number or id."""
    actor = actor_of(request)
    scripted = bool(request.htmx)  # type: ignore[attr-defined]
    wish = Wish(
        request.GET.get("q", "").replace("\0", "").strip()[:LONGEST],
        on=request.GET.get("on", "").replace("\0", ""),
        recent=request.GET.get("recent", "").replace("\0", ""),
        scripted=scripted,
    )
    found = find(actor, wish)
    if found.only and not scripted:
        return redirect(found.only.url)
    template = "panel/palette/_found.html" if scripted else "panel/palette/search.html"
    return render(request, template, {"wish": wish, "found": found})


@login_required
@require_http_methods(["GET", "POST"])
def shortcuts(request: HttpRequest) -> HttpResponse:
    """The sheet as a page; here letters alone are switched on and off."""
    actor = actor_of(request)
    if request.method == "POST":
        on = request.POST.get("letters") == "on"
        switch_letter_keys(user=actor.user, on=on)
        said = _("Single-letter shortcuts are on.") if on else _("Single-letter shortcuts are off.")
        messages.success(request, said)
        return redirect("panel:shortcuts")
    return render(request, "panel/palette/shortcuts.html")


@login_required
@require_POST
def pin(request: HttpRequest, service_name: str) -> HttpResponse:
    """Put a service at the top of one's own menu, or take it from there."""
    actor = actor_of(request)
    tenant = tenant_for(actor, service_name)
    try:
        if request.POST.get("pinned") == "no":
            pins.unpin(actor=actor, tenant=tenant)
        else:
            pins.pin(actor=actor, tenant=tenant)
    except Impossible as refusal:
        messages.error(request, str(refusal))
    return redirect(tenant)
