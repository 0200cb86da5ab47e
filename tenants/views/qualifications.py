"""Page of a customer's qualifications: ask, see how far Microsoft is, read the special terms."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import actor_of
from accounts.models import Role
from common.refusals import Impossible
from journal.models import Operation
from tenants import qualifications, terms
from tenants.access import qualification_for, tenant_for
from tenants.forms import QualificationForm


@login_required
@require_http_methods(["GET", "POST"])
def index(request: HttpRequest, service_name: str) -> HttpResponse:
    """What was asked and decided; managers ask for one more."""
    actor = actor_of(request)
    tenant = tenant_for(actor, service_name)
    if request.method == "POST":
        actor.need(Role.MANAGER)
    form = QualificationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            qualifications.ask_qualification(tenant=tenant, by=actor.by, **form.cleaned_data)
        except Impossible as error:
            for field, texts in error.errors.items():
                form.add_error(field or None, texts[0])
        else:
            text = _("Microsoft is being asked. You get a mail when it has decided.")
            messages.success(request, text)
            return redirect("tenants:qualifications", service_name)
    rows = list(tenant.qualifications.all())
    steps = Operation.objects.filter(subject__in=[row.key for row in rows]).order_by("pk")
    context = {
        "tenant": tenant,
        "form": form,
        "rows": rows,
        "steps": list(steps.in_progress()),
        "terms": terms.overview(tenant=tenant, language=get_language() or "en"),
        "may_manage": actor.may(Role.MANAGER),
    }
    status = 422 if form.errors else 200
    return render(request, "tenants/qualifications.html", context, status=status)


@login_required
@require_POST
def look_again(request: HttpRequest, service_name: str, segment: str) -> HttpResponse:
    """Ask Microsoft now, instead of at the next turn."""
    actor = actor_of(request)
    row = qualification_for(actor, service_name, segment, need=Role.MANAGER)
    qualifications.look_again(qualification=row, by=actor.by)
    messages.success(request, _("Microsoft is asked again."))
    return redirect("tenants:qualifications", service_name)
