"""Tasks in progress: one task with its attempts, retry and cancel."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.access import Actor, actor_of
from accounts.operations import services
from accounts.operations.access import may_change, operation_for, operations_for
from common.refusals import Impossible
from journal.models import Operation


@login_required
@require_GET
def operation(request: HttpRequest, pk: int) -> HttpResponse:
    """One task with its attempts; as a fragment for htmx."""
    actor = actor_of(request)
    found = operation_for(actor, pk)
    context = {
        "operation": found,
        "attempts": found.attempts.all(),
        "journey": _journey_of(actor, found),
        "may_retry": may_change(actor, found) and services.may_retry(operation=found, actor=actor),
        "may_cancel": may_change(actor, found) and services.may_cancel(operation=found),
    }
    is_part = request.htmx  # type: ignore[attr-defined]
    return render(request, f"operations/{'_operation' if is_part else 'operation'}.html", context)


@login_required
@require_GET
def steps(request: HttpRequest) -> HttpResponse:
    """The steps of one use case (`?journey=order:7`), which polls itself until they rest."""
    journey = request.GET.get("journey", "")
    rows = list(operations_for(actor_of(request)).filter(journey=journey).order_by("pk"))
    if not journey or not rows:
        raise Http404
    context = {"steps": rows, "url": request.get_full_path(), "id": request.GET.get("id", "steps")}
    return render(request, "operations/_steps.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def retry(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks first; the answer is a POST."""
    return _act(request, pk, services.retry, "operations/retry.html", _("It is tried again."))


@login_required
@require_http_methods(["GET", "POST"])
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks first; the answer is a POST."""
    return _act(request, pk, services.cancel, "operations/cancel.html", _("It is cancelled."))


def _act(
    request: HttpRequest,
    pk: int,
    verb: Callable[..., Operation],
    template: str,
    told: str,
) -> HttpResponse:
    actor = actor_of(request)
    found = operation_for(actor, pk, change=True)
    if request.method == "GET":
        return render(request, template, {"operation": found})
    try:
        verb(operation=found, actor=actor)
    except Impossible as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, told)
    return redirect("operations:operation", pk)


def _journey_of(actor: Actor, found: Operation) -> list[Operation]:
    """The other steps of the same use case, in order."""
    if not found.journey:
        return []
    return list(operations_for(actor).filter(journey=found.journey).order_by("pk"))
