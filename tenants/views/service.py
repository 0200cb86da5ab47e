"""Pages of one licence group: rename, admin password."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import actor_of
from accounts.models import Role
from common.refusals import Impossible
from journal.models import Operation
from tenants import compliance, rights, services
from tenants.access import credential_for, tenant_for
from tenants.forms import AgreementForm, PartnerForm, RenameForm, ResetForm


@login_required
@require_http_methods(["GET", "POST"])
def rename(request: HttpRequest, service_name: str) -> HttpResponse:
    """The pencil beside the display name."""
    actor = actor_of(request)
    tenant = tenant_for(actor, service_name, need=Role.OPERATOR)
    form = RenameForm(request.POST or None, initial={"display_name": tenant.display_name})
    if request.method == "POST" and form.is_valid():
        name = form.cleaned_data["display_name"]
        services.rename(tenant=tenant, display_name=name, by=actor.by)
        messages.success(request, _("The display name is changed."))
        return redirect(tenant)
    status = 422 if form.errors else 200
    return render(request, "tenants/rename.html", {"form": form, "tenant": tenant}, status=status)


@login_required
@require_http_methods(["GET", "POST"])
def partner_id(request: HttpRequest, service_name: str) -> HttpResponse:
    """The pencil beside the MPN ID: another one of the account's."""
    actor = actor_of(request)
    tenant = tenant_for(actor, service_name, need=Role.OWNER)
    form = PartnerForm(request.POST or None, tenant=tenant)
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data["partner_id"]
        try:
            compliance.move(tenant=tenant, partner_id=chosen, by=actor.by)
        except Impossible as error:
            form.add_error("partner_id", str(error))
        else:
            messages.success(request, _("From now on this service is ordered under this MPN ID."))
            return redirect(tenant)
    status = 422 if form.errors else 200
    context = {"form": form, "tenant": tenant}
    return render(request, "tenants/partner_id.html", context, status=status)


@login_required
@require_http_methods(["GET", "POST"])
def reset_password(request: HttpRequest, service_name: str) -> HttpResponse:
    """*Reset the admin password*: asks where the new one goes."""
    actor = actor_of(request)
    tenant = tenant_for(actor, service_name, need=Role.OPERATOR)
    form = ResetForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        delivery = form.cleaned_data["delivery"]
        try:
            operation = services.reset_admin_password(tenant=tenant, delivery=delivery, actor=actor)
        except Impossible as error:
            form.add_error(None, str(error))
        else:
            if delivery == services.SHOW:
                return redirect("tenants:new_password", operation.params["credential"])
            messages.success(request, _("The new password will be mailed to the customer."))
            return redirect(tenant)
    status = 422 if form.errors else 200
    return render(request, "tenants/reset.html", {"form": form, "tenant": tenant}, status=status)


@login_required
@require_http_methods(["GET", "POST"])
def agreement(request: HttpRequest, service_name: str) -> HttpResponse:
    """Who accepted Microsoft's agreement; Microsoft asks for it again with each new version."""
    actor = actor_of(request)
    tenant = tenant_for(actor, service_name, need=Role.MANAGER)
    form = AgreementForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.accept_agreement(tenant=tenant, attested=form.attested(), by=actor.by)
        except Impossible as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("It is asked for: see the tasks in progress."))
            return redirect(tenant)
    status = 422 if form.errors else 200
    context = {"form": form, "tenant": tenant}
    return render(request, "tenants/agreement.html", context, status=status)


@login_required
@require_POST
def renew_rights(request: HttpRequest, service_name: str) -> HttpResponse:
    """*Extend*, or *Ask again*, beside the delegated rights."""
    actor = actor_of(request)
    tenant = tenant_for(actor, service_name, need=Role.OPERATOR)
    try:
        rights.renew_rights(tenant=tenant, by=actor.by)
        messages.success(request, _("It is asked for: see the tasks in progress."))
    except Impossible as error:
        messages.error(request, str(error))
    return redirect(tenant)


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def new_password(request: HttpRequest, pk: int) -> HttpResponse:
    """Waits for Microsoft, then shows the password once, to the one who asked, on demand."""
    actor = actor_of(request)
    credential = credential_for(actor, pk)
    actor.need(Role.OPERATOR)
    operation = Operation.objects.filter(pk=credential.operation_id or 0).first()
    context: dict[str, Any] = {
        "credential": credential,
        "tenant": credential.tenant,
        "operation": operation,
        "steps": [operation] if operation else [],
    }
    if request.method == "POST":
        try:
            context["password"] = services.reveal(credential=credential, by=actor.by)
        except Impossible as error:
            context["error"] = str(error)
    fragment = request.htmx and not request.htmx.boosted  # type: ignore[attr-defined]
    name = "tenants/_password.html" if fragment else "tenants/password.html"
    return render(request, name, context)
