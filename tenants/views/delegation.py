"""Pages of delegations: the wish, the wait, the second validation."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.access import actor_of
from accounts.models import Role
from common.refusals import Impossible
from tenants import delegation as services
from tenants import intake
from tenants.access import delegation_for, delegations_of
from tenants.forms import DelegationForm, ValidateForm
from tenants.models import DelegationState
from tenants.wishes import tenant_name


@login_required
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """All delegations of the account, newest first."""
    actor = actor_of(request)
    page = Paginator(delegations_of(actor), 25).get_page(request.GET.get("page"))
    context = {"page": page, "may_create": actor.may_create}
    return render(request, "tenants/delegation/index.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """The order form's second kind: a platform created beforehand at Microsoft."""
    actor = actor_of(request)
    actor.need(Role.MANAGER)
    actor.need_all()
    form = DelegationForm(
        request.POST or None,
        partners=intake.partner_choices(actor.account),
        initial={"language": actor.account.language},
    )
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(intake.take_delegation(actor=actor, wish=form.wish()))
        except Impossible as error:
            _put_errors(form, error)
    return _show(request, "tenants/delegation/new.html", form)


@login_required
@require_POST
def check(request: HttpRequest) -> HttpResponse:
    """Live check of the tenant's name: there, not possible, cannot tell."""
    actor = actor_of(request)
    actor.need(Role.MANAGER)
    actor.need_all()
    name = tenant_name(request.POST.get("tenant_name", ""))
    found = intake.check_name(actor=actor, name=name)
    context = {"verdict": found.answer, "text": found.text}
    return render(request, "components/_verdict.html", context)


@login_required
@require_GET
def delegation(request: HttpRequest, pk: int) -> HttpResponse:
    """One delegation: what is waited for, the consent link, the steps as they happen."""
    actor = actor_of(request)
    shown = delegation_for(actor, pk)
    context = {
        "delegation": shown,
        "steps": list(shown.steps()),
        "may_manage": actor.may(Role.MANAGER),
    }
    fragment = request.htmx and not request.htmx.boosted  # type: ignore[attr-defined]
    name = "_progress" if fragment else "delegation"
    return render(request, f"tenants/delegation/{name}.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def validate(request: HttpRequest, pk: int) -> HttpResponse:
    """The second validation, by typing the tenant's exact name."""
    actor = actor_of(request)
    shown = delegation_for(actor, pk, need=Role.MANAGER)
    if request.method == "GET" and shown.state != DelegationState.TO_VALIDATE:
        return redirect(shown)
    form = ValidateForm(request.POST or None, delegation=shown)
    if request.method == "POST" and form.is_valid():
        name = form.cleaned_data["name"]
        try:
            services.validate(delegation=shown, name=name, attested=form.said(), actor=actor)
            return redirect(shown)
        except Impossible as error:
            _put_errors(form, error)
    return _show(request, "tenants/delegation/validate.html", form, delegation=shown)


@login_required
@require_http_methods(["GET", "POST"])
def give_up(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks first; the answer is a POST."""
    actor = actor_of(request)
    shown = delegation_for(actor, pk, need=Role.MANAGER)
    if request.method == "GET":
        return render(request, "tenants/delegation/give_up.html", {"delegation": shown})
    try:
        services.give_up(delegation=shown, by=actor.by)
        messages.success(request, _("The delegation is given up."))
    except Impossible as error:
        messages.error(request, str(error))
    return redirect(shown)


@login_required
@require_POST
def look(request: HttpRequest, pk: int) -> HttpResponse:
    """*The customer has accepted*: ask Microsoft now."""
    actor = actor_of(request)
    shown = delegation_for(actor, pk, need=Role.MANAGER)
    if services.look_again(delegation=shown, by=actor.by):
        messages.info(request, _("Microsoft is asked now."))
    return redirect(shown)


def _show(request: HttpRequest, template: str, form: Form, **context: object) -> HttpResponse:
    status = 422 if form.is_bound and form.errors else 200
    return render(request, template, {"form": form, **context}, status=status)


def _put_errors(form: Form, error: Impossible) -> None:
    for field, texts in error.errors.items():
        form.add_error(field if field in form.fields else None, texts[0])
