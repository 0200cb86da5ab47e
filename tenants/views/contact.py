"""The customer's contact: what is kept and how long, as a file, and erasing it."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import actor_of
from accounts.models import Role
from accounts.second_factor.grave import Grave
from common.refusals import Impossible
from tenants import personal_data
from tenants.access import tenant_for


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def contact(request: HttpRequest, service_name: str) -> HttpResponse:
    """What is kept and why; a POST erases it: its name is typed, and a proof asked for."""
    actor = actor_of(request)
    tenant = tenant_for(actor, service_name, need=Role.OWNER)
    grave = Grave(request, name=tenant.service_name)
    form = grave.form
    if request.method == "POST" and form.is_valid():
        if way := grave.missing():
            return way
        try:
            erasure = personal_data.erase(tenant=tenant, by=actor.by)
        except Impossible as refusal:
            form.add_error(None, str(refusal))
        else:
            text = _("The contact is erased. Its pseudonym in the history is %(name)s.")
            messages.success(request, text % {"name": erasure.pseudonym})
            return redirect(tenant)
    context = {
        "grave": grave,
        "tenant": tenant,
        "contact_days": settings.RETENTION_CONTACT_DAYS,
        "mail_days": settings.RETENTION_MAIL_DAYS,
    }
    return render(request, "tenants/contact.html", context, status=422 if form.errors else 200)


@login_required
@require_safe
def contact_json(request: HttpRequest, service_name: str) -> HttpResponse:
    """All of it, to be handed to the person."""
    tenant = tenant_for(actor_of(request), service_name, need=Role.OWNER)
    answer = JsonResponse(
        personal_data.export(tenant=tenant),
        json_dumps_params={"indent": 2, "ensure_ascii": False},
        headers={"Cache-Control": "no-store"},
    )
    name = f"contact-{tenant.service_name}.json"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
