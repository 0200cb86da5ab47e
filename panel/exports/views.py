"""Have a file made, see how it stands, take it."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.views.decorators.http import require_GET, require_POST

from accounts.access import actor_of
from panel.exports import files
from panel.lists.asked import kept_query
from panel.lists.lists import LISTS, WRITERS


@login_required
@require_POST
def make(request: HttpRequest, which: str, kind: str) -> HttpResponse:
    """All rows that pass the filters of the address; one not understood leads back."""
    actor = actor_of(request)
    if which not in LISTS or kind not in WRITERS:
        raise Http404
    shown = LISTS[which].seen_by(actor)
    if shown.filters(request.GET, actor=actor).errors:
        return redirect(f"{reverse(shown.url_name)}?{request.GET.urlencode()}")
    query = kept_query(shown, request.GET)
    return redirect(files.ask_for_file(actor=actor, listing=which, kind=kind, query=query))


@login_required
@require_GET
def file(request: HttpRequest, pk: int) -> HttpResponse:
    """Being made, ready, or expired (410)."""
    actor = actor_of(request)
    found = files.file_for(actor, pk)
    LISTS[found.list].seen_by(actor)
    expired = found.has_expired(now())
    context = {"file": found, "list": LISTS[found.list], "expired": expired}
    part = "_file" if request.htmx else "file"  # type: ignore[attr-defined]
    status = 410 if expired else 200
    return render(request, f"panel/exports/{part}.html", context, status=status)


@login_required
@require_GET
def download(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The file itself; noted in the audit. One that has expired leads to its page."""
    actor = actor_of(request)
    found = files.file_for(actor, pk)
    LISTS[found.list].seen_by(actor)
    if not found.is_made or found.has_expired(now()):
        return redirect(found)
    name = f"{found.list}-{actor.account.nic_handle}-{found.created_at:%Y-%m-%d}.{found.format}"
    return StreamingHttpResponse(
        files.take(actor=actor, file=found),
        content_type=WRITERS[found.format][1],
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
