"""Pages of the hosts of zones: their keys are the owner's business."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import actor_of
from accounts.models import Role
from common.refusals import Impossible
from dnsconfig import services, words
from dnsconfig.access import connection_for, connections_of
from dnsconfig.forms import ConnectionForm, KeysForm, offered_providers
from journal.models import Operation


@login_required
@require_http_methods(["GET", "POST"])
def connections(request: HttpRequest) -> HttpResponse:
    """Where the account's zones are, and a form for each kind of host (`?provider=`)."""
    actor = actor_of(request)
    actor.need(Role.OWNER)
    offered = offered_providers()
    wanted = request.GET.get("provider", "")
    provider = wanted if wanted in offered else offered[0]
    form = ConnectionForm(request.POST or None, provider=provider)
    if request.method == "POST" and form.is_valid():
        try:
            services.add_connection(
                account=actor.account,
                provider=provider,
                label=form.cleaned_data["label"],
                keys=form.keys(),
                by=actor.by,
            )
            messages.success(request, _("Saved. The zones are being listed."))
            return redirect("dnsconfig:connections")
        except Impossible as error:
            _put_errors(form, error)
    rows = list(connections_of(actor))
    listings = _last_listings(row.key for row in rows)
    context = {
        "form": form,
        "connections": [
            (row, words.PROVIDERS.get(row.provider, row.provider), listings.get(row.key))
            for row in rows
        ],
        "provider": provider,
        "about": words.ABOUT[provider],
        "providers": [(alias, words.PROVIDERS[alias]) for alias in offered],
    }
    status = 422 if form.errors else 200
    return render(request, "dnsconfig/connections.html", context, status=status)


@login_required
@require_http_methods(["GET", "POST"])
def change_keys(request: HttpRequest, pk: int) -> HttpResponse:
    """Other keys for the same zones: rotated, or corrected."""
    actor = actor_of(request)
    connection = connection_for(actor, pk, need=Role.OWNER)
    form = KeysForm(request.POST or None, connection=connection)
    if request.method == "POST" and form.is_valid():
        try:
            services.replace_keys(connection=connection, keys=form.keys(), by=actor.by)
            messages.success(request, _("Saved. The zones are being listed."))
            return redirect("dnsconfig:connections")
        except Impossible as error:
            _put_errors(form, error)
    context: dict[str, Any] = {"form": form, "connection": connection}
    status = 422 if form.errors else 200
    return render(request, "dnsconfig/keys.html", context, status=status)


@login_required
@require_POST
def refresh_zones(request: HttpRequest, pk: int) -> HttpResponse:
    """List the zones again."""
    actor = actor_of(request)
    connection = connection_for(actor, pk, need=Role.OWNER)
    services.refresh_zones(connection=connection, by=actor.by)
    return redirect("dnsconfig:connections")


@login_required
@require_POST
def remove_connection(request: HttpRequest, pk: int) -> HttpResponse:
    """Forget the keys; the page has asked."""
    actor = actor_of(request)
    connection = connection_for(actor, pk, need=Role.OWNER)
    try:
        services.remove_connection(connection=connection, by=actor.by)
    except Impossible as error:
        messages.error(request, str(error))
    return redirect("dnsconfig:connections")


def _last_listings(subjects: Iterable[str]) -> dict[str, Operation]:
    """The newest by subject."""
    rows = Operation.objects.filter(subject__in=list(subjects)).order_by("subject", "-pk")
    return {row.subject: row for row in rows.distinct("subject")}


def _put_errors(form: ConnectionForm, error: Impossible) -> None:
    for field, texts in error.errors.items():
        form.add_error(field if field in form.fields else None, texts[0])
