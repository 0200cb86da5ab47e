"""Pages of domains and runs."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.access import Actor, actor_of
from accounts.models import Role
from accounts.second_factor.grave import Grave
from common.refusals import Impossible
from dnsconfig import exports, intake, services, shown
from dnsconfig.access import (
    connections_of,
    domain_for,
    domains_of,
    plan_for,
    plans_of,
    zones_of,
)
from dnsconfig.forms import ConfigureForm
from dnsconfig.models import DnsPlan, PlanState
from tenants.access import tenant_for


@login_required
@require_http_methods(["GET", "POST"])
def domains(request: HttpRequest, service_name: str) -> HttpResponse:
    """The domains of a service, and the form that configures one."""
    actor = actor_of(request)
    need = Role.OPERATOR if request.method == "POST" else Role.VIEWER
    tenant = tenant_for(actor, service_name, need=need)
    form = ConfigureForm(request.POST or None, zones=zones_of(actor))
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(
                intake.begin(
                    actor=actor,
                    tenant=tenant,
                    domain_name=form.domain_name,
                    wanted=form.cleaned_data["services"],
                    extras=form.extras,
                    is_ahead_of_delegation=form.cleaned_data["is_ahead_of_delegation"],
                )
            )
        except Impossible as error:
            _put_errors(form, error)
    context = {
        "tenant": tenant,
        "form": form,
        "domains": domains_of(tenant),
        "plans": plans_of(tenant)[:20],
        "has_connections": connections_of(actor).exists(),
        "may_operate": actor.may(Role.OPERATOR),
        "may_own": actor.may(Role.OWNER),
    }
    return render(request, "dnsconfig/domains.html", context, status=422 if form.errors else 200)


@login_required
@require_GET
def plan(request: HttpRequest, service_name: str, pk: int) -> HttpResponse:
    """One run: its steps as they happen, the plan as a diff, the servers one by one."""
    actor = actor_of(request)
    run = plan_for(actor, service_name, pk)
    fragment = request.htmx and not request.htmx.boosted  # type: ignore[attr-defined]
    template = "dnsconfig/_plan.html" if fragment else "dnsconfig/plan.html"
    context = _plan_context(actor, run)
    if run.state == PlanState.READY and shown.ends_mail(run):
        context["grave"] = Grave(request, name=run.domain.name)
    return render(request, template, context)


@login_required
@require_POST
def launch(request: HttpRequest, service_name: str, pk: int) -> HttpResponse:
    """*Write these records*; those that end a domain's mail after its name and a proof."""
    run = plan_for(actor_of(request), service_name, pk, need=Role.OPERATOR)
    if shown.ends_mail(run):
        grave = Grave(request, name=run.domain.name, page=run.get_absolute_url())
        if way := grave.stopped():
            return way
    return _act(request, service_name, pk, services.launch)


@login_required
@require_POST
def decide(request: HttpRequest, service_name: str, pk: int) -> HttpResponse:
    """*Take these decisions*: one choice per change, by its key."""
    prefix = "way:"
    decisions = {
        name.removeprefix(prefix): str(value)
        for name, value in request.POST.items()
        if name.startswith(prefix) and value
    }
    return _act(request, service_name, pk, partial(services.decide, decisions=decisions))


@login_required
@require_POST
def look_again(request: HttpRequest, service_name: str, pk: int) -> HttpResponse:
    """*Check now*: a person has written the records, or set the name servers."""
    run = plan_for(actor_of(request), service_name, pk, need=Role.OPERATOR)
    services.look_again(plan=run)
    return redirect(run)


@login_required
@require_POST
def undo(request: HttpRequest, service_name: str, pk: int) -> HttpResponse:
    """Plan the way back from a run; nothing is written yet."""
    return _act(request, service_name, pk, services.undo)


@login_required
@require_POST
def give_up(request: HttpRequest, service_name: str, pk: int) -> HttpResponse:
    """End a run; what is written stays."""
    return _act(request, service_name, pk, services.give_up)


@login_required
@require_POST
def withdraw(request: HttpRequest, service_name: str, name: str) -> HttpResponse:
    """Plan to take our records out of the zone; nothing is written yet."""
    actor = actor_of(request)
    domain = domain_for(actor, service_name, name, need=Role.OPERATOR)
    try:
        return redirect(services.withdraw(domain=domain, by=actor.by))
    except Impossible as error:
        messages.error(request, str(error))
    return redirect("dnsconfig:domains", service_name)


@login_required
@require_GET
def export(request: HttpRequest, service_name: str, pk: int, form: str) -> HttpResponse:
    """The plan as a zone file (`zone`) or as data (`json`), to carry out elsewhere."""
    run = plan_for(actor_of(request), service_name, pk)
    made = run.plan
    if made is None or form not in exports.FORMS:
        raise Http404
    content_type, write = exports.FORMS[form]
    answer = HttpResponse(write(made), content_type=content_type)
    answer["Content-Disposition"] = f'attachment; filename="{run.domain.name}-{run.pk}.{form}"'
    return answer


def _act(
    request: HttpRequest, service_name: str, pk: int, use_case: Callable[..., DnsPlan | None]
) -> HttpResponse:
    """Do it and show the run, or the new one that it has made; a refusal is said on its page."""
    actor = actor_of(request)
    run = plan_for(actor, service_name, pk, need=Role.OPERATOR)
    try:
        return redirect(use_case(plan=run, by=actor.by) or run)
    except Impossible as error:
        messages.error(request, str(error))
    return redirect(run)


def _plan_context(actor: Actor, run: DnsPlan) -> dict[str, Any]:
    rows, made = shown.rows_of(run), run.plan
    is_shown = run.state in (PlanState.READY, PlanState.CONFLICT)
    return {
        "run": run,
        "tenant": run.domain.tenant,
        "rows": rows,
        "can_decide": bool(made and made.is_decidable),
        "may_decide": is_shown and actor.may(Role.OPERATOR) and any(row.choices for row in rows),
        "cautions": shown.cautions_of(run),
        "problem": shown.problem_of(run),
        "services_shown": shown.services_of(run),
        "servers": shown.servers_of(run),
        "cached_until": shown.cached_until(run),
        "written": shown.written_of(run),
        "to_write": shown.by_hand_of(run),
        "undoings": list(run.undone_by.order_by("pk")),
        "steps": shown.steps_of(run),
        "may_operate": actor.may(Role.OPERATOR),
    }


def _put_errors(form: ConfigureForm, error: Impossible) -> None:
    for field, texts in error.errors.items():
        form.add_error(field if field in form.fields else None, texts[0])
